/** How values stand in the workspace's tables, for its migrations: what these make has shipped and never changes. */

export const instantText = (column: string): string =>
  `strftime('%Y-%m-%dT%H:%M:%S', ${column} / 1000, 'unixepoch') || printf('.%03dZ', ${column} % 1000)`;

export const decimalText = (name: string): string =>
  `CASE WHEN ${name}_whole IS NULL THEN NULL WHEN ${name}_whole < 0 OR ${name}_pico < 0 THEN '-' ELSE '' END || printf('%d.%012d', abs(${name}_whole), abs(${name}_pico))`;

export const decimal = (name: string, more = 'NOT NULL'): string =>
  `${name}_whole INTEGER ${more}, ${name}_pico INTEGER ${more}`;

/** Decimals of which both columns are there or none, of one sign: the constraints at a table's end. */
export const decimalChecks = (...names: readonly string[]): string =>
  names
    .map(
      (name) =>
        `CHECK ((${name}_whole IS NULL) = (${name}_pico IS NULL) AND abs(${name}_pico) < 1000000000000 AND (${name}_pico = 0 OR ${name}_whole = 0 OR (${name}_pico < 0) = (${name}_whole < 0)))`,
    )
    .join(',\n  ');

export const calendarDate = (name: string, more = ''): string =>
  `${name} TEXT ${more} CHECK (${name} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')`;
