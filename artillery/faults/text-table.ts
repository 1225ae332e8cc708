/** Rows as lines with aligned columns. */
export function textTable(rows: ReadonlyArray<ReadonlyArray<string | number>>): string {
  const table = rows.map((row) => row.map(String));
  const widths = table[0]?.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
