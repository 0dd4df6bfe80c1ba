// What a body, an answer or a parameter holds.
import { useState } from "preact/hooks";
import type { Contract, Schema } from "./contract";
import { Words } from "./text";

/** The type in a few words, with its bounds. */
export function kind(contract: Contract, of: Schema): string {
  const { schema, name } = contract.plain(of);
  if (schema.type === "array") return schema.items === undefined ? "list" : `list of ${kind(contract, schema.items)}`;
  if (schema.oneOf !== undefined || schema.type === "object") return name ?? "object";
  const bounds = [
    schema.minLength !== undefined && `${schema.minLength} characters at least`,
    schema.maxLength !== undefined && `${schema.maxLength} characters at most`,
    schema.minimum !== undefined && `from ${schema.minimum}`,
    schema.maximum !== undefined && `to ${schema.maximum}`,
    schema.pattern !== undefined && `pattern ${schema.pattern}`,
  ].filter(Boolean);
  return [[schema.type, schema.format].filter(Boolean).join(", "), ...bounds].join("; ");
}

/** The schema behind lists, if it has fields of its own. */
function inner(contract: Contract, of: Schema): { name: string; schema: Schema } | undefined {
  const { schema, name } = contract.plain(of);
  if (schema.type === "array") return schema.items && inner(contract, schema.items);
  return schema.properties === undefined && schema.oneOf === undefined ? undefined : { name: name ?? "this", schema };
}

/** The values of an enum, and what a value is left out for. */
function Values({ contract, of }: { contract: Contract; of: Schema }) {
  const { schema } = contract.plain(of);
  const values = schema.enum ?? (schema.items && contract.plain(schema.items).schema.enum);
  const standard = of.default ?? schema.default;
  return (
    <>
      {values && (
        <p>
          One of{" "}
          {values.map((value, n) => (
            <span key={String(value)}>
              {n > 0 && ", "}
              <code>{String(value)}</code>
            </span>
          ))}
          .
        </p>
      )}
      {standard !== undefined && (
        <p>
          Left out: <code>{JSON.stringify(standard)}</code>.
        </p>
      )}
    </>
  );
}

interface Entry {
  contract: Contract;
  name: string;
  of: Schema;
  description: string | undefined;
  required: boolean;
  /** Whether that it may be absent is said, of what is answered, or that it must be there, of what is sent. */
  sent: boolean;
}

/** A field or a parameter. */
export function Field({ contract, name, of, description, required, sent }: Entry) {
  const [open, setOpen] = useState(false);
  const more = inner(contract, of);
  const about = description ?? of.description ?? contract.plain(of).schema.description;
  return (
    <li>
      <p>
        <code class="name">{name}</code> <span class="kind">{kind(contract, of)}</span>
        {sent && required && <strong class="must"> required</strong>}
        {!sent && !required && <span class="kind"> may be absent</span>}
      </p>
      {about && (
        <p>
          <Words text={about} />
        </p>
      )}
      <Values contract={contract} of={of} />
      {more && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>
            Fields of <code>{more.name}</code>
          </summary>
          {open && <Fields contract={contract} schema={more.schema} sent={sent} />}
        </details>
      )}
    </li>
  );
}

/** The fields of an object, or those of each alternative. */
function Fields({ contract, schema, sent }: { contract: Contract; schema: Schema; sent: boolean }) {
  if (schema.oneOf !== undefined) {
    return (
      <ul class="fields">
        {schema.oneOf.map((one) => {
          const { name = "" } = contract.plain(one);
          return <Field key={name} contract={contract} name={name} of={one} description={undefined} required={false} sent={true} />;
        })}
      </ul>
    );
  }
  return (
    <ul class="fields">
      {Object.entries(schema.properties ?? {}).map(([name, field]) => (
        <Field
          key={name}
          contract={contract}
          name={name}
          of={field}
          description={field.description}
          required={schema.required?.includes(name) ?? false}
          sent={sent}
        />
      ))}
    </ul>
  );
}

/** All of a body or an answer. */
export function Shape({ contract, of, sent }: { contract: Contract; of: Schema; sent: boolean }) {
  const all = inner(contract, of);
  if (all === undefined) return <p class="kind">{kind(contract, of)}</p>;
  return (
    <>
      <p class="kind">{kind(contract, of)}</p>
      <Fields contract={contract} schema={all.schema} sent={sent} />
    </>
  );
}
