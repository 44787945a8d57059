import { describe, expect, it } from "vitest";
import { roleError, roleLines, roleName, typedRoleLine } from "./roles.js";

describe("roleError", () => {
  it.each([
    "arn:aws:iam::123456789012:role/trainer",
    "arn:aws-us-gov:iam::123456789012:role/team/ml/trainer",
    "arn:aws-cn:iam::123456789012:role/service-role/a_b+c=d,e.f@g-h",
  ])("accepts %s", (text) => expect(roleError(text)).toBeUndefined());

  it.each<[string, RegExp]>([
    [
      "arn:aws:sts::210987654321:assumed-role/trainer/ada",
      /^This is a role session's ARN\. Use arn:aws:iam::210987654321:role\/trainer$/,
    ],
    [
      "arn:aws:iam::210987654321:instance-profile/nodes",
      /^Instance profile ARN.*arn:aws:iam::210987654321:role\/nodes$/,
    ],
    ["trainer", /^This is only a name.*arn:aws:iam::123456789012:role\/trainer$/],
    ["team/trainer", /^This is only a name.*role\/trainer$/],
    ["arn:aws:iam::210987654321:user/ada", /^This isn't a role's ARN.*210987654321:role\/ada$/],
    ["arn:aws:iam::210987654321:root", /^This isn't a role's ARN/],
    ["arn:aws:s3:::bucket", /^Use the ARN of an IAM role/],
    ["arn:aws:iam::1234:role/trainer", /^Use the ARN of an IAM role/],
    ["arn:aws:iam::123456789012:role/", /^Use the ARN of an IAM role/],
    ["arn:aws:iam::123456789012:role/train er", /^Use the ARN of an IAM role/],
    ["arn:aws:iam::123456789012:role/trainer\n", /^Use the ARN of an IAM role/],
    ["the trainer", /^Use the ARN of an IAM role/],
    [`arn:aws:iam::123456789012:role/${"x".repeat(2048)}`, /up to 2048 characters\. This one has 2079/],
  ])("explains what's wrong with %s", (text, objection) => expect(roleError(text)).toMatch(objection));
});

describe("roleName", () => {
  it.each([
    ["arn:aws:iam::123456789012:role/team/ml/trainer", "trainer"],
    ["trainer", "trainer"],
  ])("of %s is %s", (role, name) => expect(roleName(role)).toBe(name));
});

describe("roleLines", () => {
  const trainer = "arn:aws:iam::123456789012:role/team/trainer";
  const reader = "arn:aws:iam::123456789012:role/reader";
  const listed = [{ role: reader, principal: "ada@acme.example" }, { role: trainer }];

  it("starts with the default, then roles in use, then roles that the account lists, each once", () =>
    expect(roleLines(listed, [trainer]).map(({ role }) => role)).toEqual([undefined, trainer, reader]));

  it("keeps the order when the account's roles arrive", () => {
    const before = roleLines([], [trainer]).map(({ role }) => role);
    const after = roleLines(listed, [trainer]).map(({ role }) => role);
    expect(after.slice(0, before.length)).toEqual(before);
  });

  it("shows the principal of a role", () =>
    expect(roleLines(listed, [])[1]).toMatchObject({
      label: "reader",
      description: "ada@acme.example",
      detail: reader,
    }));

  it("adds an item for the entered text unless it matches another one", () => {
    const lines = roleLines(listed, []);
    const other = "arn:aws:iam::123456789012:role/other";
    expect(typedRoleLine(other, lines)).toMatchObject({ role: other, icon: "check" });
    expect(typedRoleLine(other, lines)).not.toHaveProperty("refusal");
    expect(typedRoleLine("somebody", lines)?.refusal).toMatch(/only a name/);
    expect(typedRoleLine(reader, lines)).toBeUndefined();
    expect(typedRoleLine("trainer", lines)).toBeUndefined();
    expect(typedRoleLine("node pool", lines)).toBeUndefined();
    expect(typedRoleLine(reader.slice(0, 20), lines)).toBeUndefined();
  });
});
