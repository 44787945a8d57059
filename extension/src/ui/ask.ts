import * as vscode from "vscode";
import { takePicker } from "./earlyPicker.js";
import { place } from "./pick.js";
import type { Answer, Position } from "./steps.js";

export interface AskOptions {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value?: string;
  /** Whether to hide the text. */
  readonly masked?: boolean;
  readonly position?: Position;
  /** What was wrong with the last answer. */
  readonly refusal?: string;
  /** Validates the text. The user can ignore a warning. */
  readonly validate: (text: string) => ValidationMessage | undefined;
}

export interface ValidationMessage {
  readonly message: string;
  readonly severity: "error" | "warning";
}

/** Lets the user enter a text. */
export async function ask(options: AskOptions): Promise<Answer<string>> {
  takePicker()?.dispose();
  const box = vscode.window.createInputBox();
  box.title = options.title;
  box.prompt = options.prompt;
  box.placeholder = options.placeholder;
  box.password = options.masked ?? false;
  box.ignoreFocusOut = true;
  place(box, options.position);
  const object = (objection: ValidationMessage | undefined) => {
    box.validationMessage = objection && {
      message: objection.message,
      severity: vscode.InputBoxValidationSeverity[objection.severity === "error" ? "Error" : "Warning"],
    };
  };
  if (options.value !== undefined) {
    box.value = options.value;
    object(options.validate(options.value));
  }
  if (options.refusal !== undefined) object({ message: options.refusal, severity: "error" });
  box.show();
  try {
    return await new Promise<Answer<string>>((resolve) => {
      box.onDidHide(() => resolve("cancelled"));
      box.onDidTriggerButton(() => resolve("back"));
      box.onDidChangeValue((text) => object(text === "" ? undefined : options.validate(text)));
      box.onDidAccept(() => {
        const objection = options.validate(box.value);
        object(objection);
        if (objection?.severity !== "error") resolve({ value: box.value });
      });
    });
  } finally {
    box.dispose();
  }
}
