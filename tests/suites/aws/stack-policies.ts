import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../../scratch.ts";
import type { AwsCall } from "../../servers/lambda.ts";
import type { Template } from "../../servers/synth.ts";

const ACCOUNT = "123456789012";
const REGION = "us-east-1";
const PSEUDO: Record<string, string> = {
  "AWS::AccountId": ACCOUNT,
  "AWS::Partition": "aws",
  "AWS::Region": REGION,
  "AWS::URLSuffix": "amazonaws.com",
};

/** The ARN that AWS would give a resource. */
const ARNS: Record<string, (id: string) => string> = {
  "AWS::S3::Bucket": (id) => `arn:aws:s3:::${id.toLowerCase()}`,
  "AWS::SQS::Queue": (id) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${id}`,
  "AWS::KMS::Key": () => `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  "AWS::IAM::Role": (id) => `arn:aws:iam::${ACCOUNT}:role/${id}`,
  "AWS::SecretsManager::Secret": (id) => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${id}-AbCdEf`,
  "AWS::CloudFront::KeyValueStore": () => `arn:aws:cloudfront::${ACCOUNT}:key-value-store/1234abcd-12ab-34cd-56ef-1234567890ab`,
  "AWS::Logs::LogGroup": (id) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${id}:*`,
  "AWS::SNS::Topic": (id) => `arn:aws:sns:${REGION}:${ACCOUNT}:${id}`,
  "AWS::CloudFront::Distribution": (id) => `arn:aws:cloudfront::${ACCOUNT}:distribution/${id}`,
  "AWS::Events::Rule": (id) => `arn:aws:events:${REGION}:${ACCOUNT}:rule/${id}`,
  "AWS::CodeBuild::Project": (id) => `arn:aws:codebuild:${REGION}:${ACCOUNT}:project/${id}`,
};

interface Policy {
  Version: string;
  Statement: Record<string, unknown>[];
}

/** Of the bucket `catalogue-copy`, which docs/deploy.md gives a policy. */
const COPY_ACCOUNT = "210987654321";
const isCopy = (resource: string): boolean => /^arn:aws:s3:::catalogue-copy(\/|$)/.test(resource);

/** The policy that docs/deploy.md names for the bucket of another account. */
function copyPolicy(publishRole: string): Policy {
  const text = readFileSync(join(ROOT, "docs/deploy.md"), "utf8");
  const [, policy] = /```json\n(\{[^`]*COPY_BUCKET[^`]*\})\n```/.exec(text) ?? [];
  if (!policy) throw new Error("docs/deploy.md has no policy of the bucket for copies");
  return JSON.parse(policy.replaceAll("COPY_BUCKET", "catalogue-copy").replaceAll("PUBLISH_ROLE_ARN", publishRole)) as Policy;
}

/** A request, as it reaches AWS. */
export interface AwsRequest {
  /** Start of the logical id of a role; `administrator`, a role of the account that may do everything; or the ARN of another such role. */
  role: string;
  action: string;
  resource: string;
  context?: Record<string, string>;
}

/** The policies of a synthesised stack, with the names that AWS would give. */
export class StackPolicies {
  readonly #template: Template;
  constructor(template: Template) {
    this.#template = template;
  }

  #idOf(start: string, type?: string): string {
    const ids = Object.entries(this.#template.Resources).filter(
      ([id, { Type }]) => new RegExp(`^${start}[0-9A-F]{8}$`).test(id) && (type === undefined || Type === type),
    );
    const [found] = ids;
    if (ids.length !== 1 || !found) throw new Error(`${start} names ${ids.length} resources`);
    return found[0];
  }

  /** ARN of the resource whose logical id is this and a hash. */
  arn(start: string): string {
    return this.#arnOf(this.#idOf(start));
  }

  #arnOf(id: string): string {
    const type = this.#template.Resources[id]?.Type ?? "";
    const arn = ARNS[type];
    if (!arn) throw new Error(`The ARN of ${id} (${type}) is not known here`);
    return arn(id);
  }

  /** A value with CloudFormation's functions evaluated. */
  #resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#resolve(one));
    if (typeof value !== "object" || value === null) return value;
    const { Ref, "Fn::GetAtt": attribute, "Fn::Join": join } = value as Record<string, unknown>;
    if (typeof Ref === "string") return PSEUDO[Ref] ?? this.#reference(Ref);
    if (Array.isArray(attribute)) return this.#arnOf(attribute[0] as string);
    if (Array.isArray(join)) return (this.#resolve(join[1]) as string[]).join(join[0] as string);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.#resolve(one)]));
  }

  /** What a reference resolves to: a name for buckets and functions, an ARN for secrets. */
  #reference(id: string): string {
    const type = this.#template.Resources[id]?.Type;
    if (type === "AWS::SecretsManager::Secret") return this.#arnOf(id);
    return type === "AWS::S3::Bucket" ? id.toLowerCase() : id;
  }

  #documents(type: string, belongs: (id: string) => boolean, property: string): Policy[] {
    return Object.entries(this.#template.Resources)
      .filter(([id, { Type }]) => Type === type && belongs(id))
      .map(([, { Properties }]) => this.#resolve(Properties[property]) as Policy);
  }

  #identityPolicies(role: string): Policy[] {
    const all = { Effect: "Allow", Action: "*", Resource: "*" };
    if (role === "administrator" || role.startsWith("arn:")) return [{ Version: "2012-10-17", Statement: [all] }];
    return this.#documents("AWS::IAM::Policy", (id) => id.startsWith(`${role}DefaultPolicy`), "PolicyDocument");
  }

  #resourcePolicy(resource: string): Policy | undefined {
    const [, , service] = resource.split(":");
    if (isCopy(resource)) return copyPolicy(this.arn("PublishRole"));
    if (service === "s3" && resource.startsWith(this.arn("Store")))
      return this.#documents("AWS::S3::BucketPolicy", (id) => id.startsWith("StorePolicy"), "PolicyDocument")[0];
    if (service === "iam") return this.#documents("AWS::IAM::Role", (id) => resource.endsWith(`/${id}`), "AssumeRolePolicyDocument")[0];
    if (service === "kms") return this.#documents("AWS::KMS::Key", (id) => id.startsWith("SigningKey"), "KeyPolicy")[0];
    if (service !== "sqs") return undefined;
    const queue = resource.slice(resource.lastIndexOf(":") + 1).replace(/[0-9A-F]{8}$/, "");
    return this.#documents("AWS::SQS::QueuePolicy", (id) => id.startsWith(`${queue}Policy`), "PolicyDocument")[0];
  }

  #principalOf(role: string): string {
    if (role.startsWith("arn:")) return role;
    return role === "administrator" ? `arn:aws:iam::${ACCOUNT}:role/administrator` : this.arn(role);
  }

  #simulation({ role, action, resource, context = {} }: AwsRequest): object {
    const principal = this.#principalOf(role);
    return {
      request: {
        principal,
        action,
        resource: { resource, accountId: isCopy(resource) ? COPY_ACCOUNT : ACCOUNT },
        contextVariables: { "aws:PrincipalArn": principal, "aws:SecureTransport": "true", "s3:TlsVersion": "1.3", ...context },
      },
      identityPolicies: this.#identityPolicies(role).map((policy, i) => ({ name: `${role}-${i}`, policy })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: this.#resourcePolicy(resource),
    };
  }

  /** What AWS would answer: `Allowed`, `ImplicitlyDenied` or `ExplicitlyDenied`. */
  evaluate(requests: readonly AwsRequest[]): string[] {
    const input = JSON.stringify(requests.map((request) => this.#simulation(request)));
    const program = join(import.meta.dirname, "evaluate-policies.mjs");
    return JSON.parse(execFileSync(process.execPath, [program], { input, encoding: "utf8", maxBuffer: 1 << 28 })) as string[];
  }

  /** A program that goes on evaluating, one list of requests at a time. */
  startEvaluator(): { evaluate(requests: readonly AwsRequest[]): Promise<string[]>; stop(): void } {
    const child = spawn(process.execPath, [join(import.meta.dirname, "evaluate-policies.mjs")], { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    let before: Promise<unknown> = Promise.resolve();
    return {
      evaluate: (requests) => {
        const answer = before.then(async () => {
          child.stdin.write(`${JSON.stringify(requests.map((request) => this.#simulation(request)))}\n`);
          const { value } = await lines.next();
          return JSON.parse(value as string) as string[];
        });
        before = answer;
        return answer;
      },
      stop: () => void child.kill(),
    };
  }

  /** A call that a function made to a stand-in of AWS, as the request that it would be in this stack. */
  requestOf({ who, action, about, conditions }: AwsCall): AwsRequest {
    const role = `${who[0]?.toUpperCase()}${who.slice(1)}Role`;
    return { role, action, resource: this.#resourceOf(action, about), context: conditions };
  }

  #resourceOf(action: string, about: string): string {
    const [service] = action.split(":");
    if (service === "s3") {
      const [, name = "", ...key] = (about.split("?")[0] as string).split("/");
      // Pipelines use other names for their store than the stack.
      const bucket = /^store-/.test(name) ? this.arn("Store") : `arn:aws:s3:::${name}`;
      return action === "s3:ListBucket" ? bucket : `${bucket}/${decodeURIComponent(key.join("/"))}`;
    }
    if (service === "sqs") return this.arn(about.includes("/publish-") ? "PublishQueue" : "ValidateQueue");
    if (service === "logs") return this.arn("CheckLog").replace(/\*$/, `log-stream:${about}`);
    if (service === "secretsmanager") return this.arn(about.includes(":secret:app-") ? "AppSecret" : "WebhookSecret");
    return this.arn(service === "kms" ? "SigningKey" : "Aliases");
  }
}
