// The parts of an OpenAPI document that are shown.

export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  default?: unknown;
  example?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: Schema;
}

type Content = Record<string, { schema: Schema }>;

export interface Answer {
  description: string;
  content?: Content;
  headers?: Record<string, { description?: string }>;
}

interface Described {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, Answer>;
  security: Record<string, unknown>[];
  "x-problem-codes": string[];
  "x-roles"?: string[];
  "x-scopes"?: string[];
  "x-level"?: string;
}

export interface Operation extends Described {
  method: string;
  path: string;
}

interface Document {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema> };
}

/** A schema without the ways around it, and its name if it has one. */
export interface Plain {
  name?: string;
  schema: Schema;
}

const INSTANT = "2027-03-01T08:55:00Z";
const BY_FORMAT: Record<string, string> = {
  uuid: "01935c3e-0000-7000-8000-000000000001",
  date: INSTANT.slice(0, 10),
  "date-time": INSTANT,
  "date-time-local": INSTANT.slice(0, -1),
};

/** A contract, by the ids of its operations. */
export class Contract {
  readonly operations = new Map<string, Operation>();
  readonly #schemas: Record<string, Schema>;

  constructor(document: Document) {
    this.#schemas = document.components.schemas;
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, described] of Object.entries(item)) {
        this.operations.set(described.operationId, { ...described, path, method: method.toUpperCase() });
      }
    }
  }

  /** Follows references, and what is described beside one. */
  plain(schema: Schema): Plain {
    const name = (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split("/").at(-1);
    if (name === undefined) return { schema };
    return { name, schema: this.#schemas[name] ?? {} };
  }

  /** An example of a schema: the one that stands in the contract, and else the least that fits. */
  example(of: Schema): unknown {
    const { schema } = this.plain(of);
    if (schema.example !== undefined) return schema.example;
    if (schema.default !== undefined) return schema.default;
    if (schema.enum !== undefined) return schema.enum[0];
    if (schema.oneOf?.[0] !== undefined) return this.example(schema.oneOf[0]);
    switch (schema.type) {
      case "array":
        return schema.items === undefined ? [] : [this.example(schema.items)];
      case "object": {
        const fields = Object.entries(schema.properties ?? {}).filter(([name]) => schema.required?.includes(name));
        return Object.fromEntries(fields.map(([name, field]) => [name, this.example(field)]));
      }
      case "integer":
      case "number":
        return schema.minimum ?? 1;
      case "boolean":
        return false;
      default:
        return BY_FORMAT[schema.format ?? ""] ?? "text";
    }
  }
}

/** The one content of a body or an answer: its media type and its schema. */
export function content(of: { content?: Content } | undefined): { type: string; schema: Schema } | undefined {
  const [first] = Object.entries(of?.content ?? {});
  return first && { type: first[0], schema: first[1].schema };
}

/** The header by which a deed is known again. */
export const KEY = "Idempotency-Key";
