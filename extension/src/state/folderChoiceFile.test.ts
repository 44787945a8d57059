import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { FolderChoiceFile } from "./folderChoiceFile.js";

const storage = mkdtempSync(join(tmpdir(), "companion-choice-"));
afterEach(() => rmSync(storage, { recursive: true, force: true }));

const file = (folder = "file:///work") => new FolderChoiceFile(storage, folder);

it("is read as another window wrote it, but not for another folder", async () => {
  expect(file().read()).toBeUndefined();
  await file().change({ sandbox: true }, {});
  expect(file().read()).toEqual({ sandbox: true });
  expect(file("file:///other").read()).toBeUndefined();
});

it("changes only part of the choice, also with several changes at once", async () => {
  const [one, other] = [file(), file()];
  await one.change({ sandbox: true }, { account: "acme" });
  await other.change({ account: "globex" }, { sandbox: false });
  await Promise.all(
    ["a", "b", "c"].map((environmentId) =>
      one.change({ environment: { accountId: "globex", environmentId } }, {}),
    ),
  );
  expect(other.read()).toEqual({
    sandbox: true,
    account: "globex",
    environment: { accountId: "globex", environmentId: "c" },
  });
  expect(readdirSync(join(storage, "folders")), "no draft is left").toHaveLength(1);
});

it("continues after a failed write", async () => {
  writeFileSync(storage.replace(/$/, "-file"), "");
  const blocked = new FolderChoiceFile(`${storage}-file`, "f");
  await expect(blocked.change({ sandbox: true }, {})).rejects.toThrow();
  rmSync(`${storage}-file`);
  await blocked.change({ sandbox: true }, {});
  expect(blocked.read()).toEqual({ sandbox: true });
  rmSync(`${storage}-file`, { recursive: true });
});
