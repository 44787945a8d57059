import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { inRoot } from "../../extension/scripts/common.mjs";
import { mutants } from "./mutantList.mjs";

it.each(mutants.map(({ file, from }) => [file, from]))("%s has %j once, to be mutated", (file, from) => {
  expect(readFileSync(inRoot(file), "utf8").split(from)).toHaveLength(2);
});
