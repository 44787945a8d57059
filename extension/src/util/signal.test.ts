import { expect, it } from "vitest";
import { Signal } from "./signal.js";

it("calls each listener in order until it's disposed", () => {
  const signal = new Signal<number>();
  const heard: string[] = [];
  const first = signal.listen((value) => heard.push(`first ${value}`));
  signal.listen((value) => heard.push(`second ${value}`));
  signal.fire(1);
  first.dispose();
  signal.fire(2);
  expect(heard).toEqual(["first 1", "second 1", "second 2"]);
});

it("allows adding and removing listeners during an event", () => {
  const signal = new Signal<number>();
  const heard: string[] = [];
  const first = signal.listen((value) => {
    heard.push(`first ${value}`);
    first.dispose();
    signal.listen((later) => heard.push(`late ${later}`));
  });
  signal.listen((value) => heard.push(`second ${value}`));
  signal.fire(1);
  signal.fire(2);
  expect(heard).toEqual(["first 1", "second 1", "second 2", "late 2"]);
});
