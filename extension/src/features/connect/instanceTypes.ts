/** The GPUs of a node. */
export interface Gpus {
  readonly model: string;
  readonly count: number;
}

const singleGpu = { xlarge: 1, "2xlarge": 1, "4xlarge": 1, "8xlarge": 1, "16xlarge": 1 };
const upTo8 = { ...singleGpu, "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 };

/**
 * The GPUs by family and size. Source: AWS, "Specifications for Amazon EC2 accelerated computing instances",
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html. Sizes with a fraction of a GPU are left out.
 */
const families: Readonly<Record<string, readonly [model: string, counts: Readonly<Record<string, number>>]>> =
  {
    p3: ["V100", { "2xlarge": 1, "8xlarge": 4, "16xlarge": 8 }],
    p3dn: ["V100", { "24xlarge": 8 }],
    p4d: ["A100", { "24xlarge": 8 }],
    p4de: ["A100", { "24xlarge": 8 }],
    p5: ["H100", { "4xlarge": 1, "48xlarge": 8 }],
    p5e: ["H200", { "48xlarge": 8 }],
    p5en: ["H200", { "48xlarge": 8 }],
    "p6-b200": ["B200", { "48xlarge": 8 }],
    "p6-b300": ["B300", { "48xlarge": 8 }],
    g4dn: ["T4", { ...singleGpu, "12xlarge": 4, metal: 8 }],
    g5: ["A10G", upTo8],
    g6: ["L4", upTo8],
    gr6: ["L4", { "4xlarge": 1, "8xlarge": 1 }],
    g6e: ["L40S", upTo8],
  };

/** Returns the GPUs of an instance type such as p5.48xlarge, or undefined if the table doesn't have it. */
export function gpusOf(instanceType: string | undefined): Gpus | undefined {
  const [family = "", size = ""] = instanceType?.toLowerCase().split(".") ?? [];
  const [model, counts] = (Object.hasOwn(families, family) && families[family]) || [];
  const count = counts && Object.hasOwn(counts, size) ? counts[size] : undefined;
  return model !== undefined && count !== undefined ? { model, count } : undefined;
}

/** Whether a name contains the model and the number of the GPUs, such as h100-8x. */
export function says(name: string, { model, count }: Gpus): boolean {
  const rest = name.toLowerCase().split(model.toLowerCase());
  return rest.length > 1 && rest.some((part) => new RegExp(`(^|\\D)${count}(\\D|$)`).test(part));
}
