// A table of figures, and its way out: as a file, and on paper.
import type { ComponentChildren } from "preact";
import { t } from "./texts";

type TableProps = { label: string; by: string; columns: readonly string[]; kind?: string; children: ComponentChildren };

/** Figures with a head: what each row is of, and the columns. */
export function FiguresTable({ label, by, columns, kind = "", children }: TableProps) {
  return (
    <div class={`scroll counter-figures ${kind}`.trim()} tabIndex={0} role="region" aria-label={label}>
      {/* On a phone each row stands as a block, which would make a table none for who hears it: the roles keep it one. */}
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            {[by, ...columns].map((head) => (
              <th key={head} role="columnheader" scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">{children}</tbody>
      </table>
    </div>
  );
}

/** The same as a file, and on paper. */
export function FiguresOut({ address, file }: { address: string; file: string }) {
  return (
    <p class="row unprinted">
      <a class="alone" href={address} download={file}>
        {t("export")}
      </a>
      <button type="button" class="plain" onClick={() => print()}>
        {t("print")}
      </button>
    </p>
  );
}
