import { expect, it } from "vitest";
import { Signal } from "./signal.js";

it("tells each listener, in the order in which they came, until it leaves", () => {
  const signal = new Signal<number>();
  const heard: string[] = [];
  const first = signal.listen((value) => heard.push(`first ${value}`));
  signal.listen((value) => heard.push(`second ${value}`));
  signal.fire(1);
  first.dispose();
  signal.fire(2);
  expect(heard).toEqual(["first 1", "second 1", "second 2"]);
});

it("may be left and joined while it tells", () => {
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
