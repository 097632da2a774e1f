/** The files of the account, one a row. */
import { Scale } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { StoredFile } from '../../../shared/contract/importing.ts';
import type { Zone } from '../../../shared/domain/time.ts';
import { countText } from '../../ui/amountText.ts';
import { Chip } from '../../ui/Chip.tsx';
import { kindName } from '../../ui/fileKind.ts';
import { dayText, instantText, isoText, middleCut, spanText, timeText } from '../../ui/format.ts';
import { KindIcon } from '../../ui/KindIcon.tsx';
import { PLACEMENTS } from '../../ui/placements.ts';
import { Table } from '../../ui/Table.tsx';
import type { Column } from '../../ui/tableText.ts';
import { totalsText } from '../../ui/totals.ts';
import './data.css';

export function FilesTable(props: {
  readonly files: readonly StoredFile[];
  readonly chosen: number | null;
  readonly zone: Zone;
  readonly onChoose: (id: number) => void;
  readonly onOpen: (file: StoredFile) => void;
}): ReactNode {
  const { files, chosen, zone, onChoose, onOpen } = props;
  const columns = useMemo(() => fileColumns(zone).filter(({ key }) => isUsed(key, files)), [zone, files]);
  const selected = files.findIndex(({ id }) => id === chosen);
  return (
    <Table
      label="Files"
      columns={columns}
      total={files.length}
      row={(index) => files[index]}
      onNeed={nothing}
      selected={selected < 0 ? null : selected}
      onSelect={(index) => {
        const file = index === null ? undefined : files[index];
        if (file !== undefined) onChoose(file.id);
      }}
      onOpen={(index) => {
        const file = files[index];
        if (file !== undefined) onOpen(file);
      }}
      minWidth="75rem"
      empty=""
    />
  );
}

/** Of buckets and problems most accounts have none; a column of nothing takes the room of the others. */
function isUsed(column: string, files: readonly StoredFile[]): boolean {
  if (column === 'placement') return files.some(({ placement }) => placement !== null);
  return column !== 'problems' || files.some(({ report }) => report.problemCount > 0);
}

/** All files are at hand. */
function nothing(): void {
  return undefined;
}

function fileColumns(zone: Zone): readonly Column<StoredFile>[] {
  return [
    {
      key: 'file',
      header: 'File',
      width: 'minmax(12rem, 1.6fr)',
      cell: ({ report }) => (
        <span className="file-cell" title={report.file}>
          <KindIcon of={report} /> {middleCut(report.file, 40)}
        </span>
      ),
      text: ({ report }) => report.file,
    },
    {
      key: 'kind',
      header: 'Holds',
      width: 'minmax(6rem, 0.6fr)',
      cell: ({ report, compared = false }) =>
        compared ? (
          <Chip icon={Scale} tone="ink-2">
            Compared
          </Chip>
        ) : (
          <span className="second">{kindName(report)}</span>
        ),
      text: ({ report, compared = false }) => (compared ? `${kindName(report)}, only compared` : kindName(report)),
    },
    {
      key: 'format',
      header: 'Format',
      width: 'minmax(6.5rem, 0.8fr)',
      cell: ({ report }) => (
        <span className="second" title={report.why}>
          {report.format}
        </span>
      ),
      text: ({ report }) => report.format,
    },
    {
      key: 'rows',
      header: 'Rows',
      width: '4.5rem',
      align: 'right',
      cell: ({ report }) => countText(report.rows.stored),
      text: ({ report }) => String(report.rows.stored),
    },
    {
      key: 'span',
      header: 'Span',
      width: 'minmax(12.5rem, 0.9fr)',
      cell: ({ report }) => (
        <span className="second" title={spanText(report, zone)}>
          {spanText(report, zone)}
        </span>
      ),
      text: ({ report: { from, to } }) => (from === null || to === null ? '' : `${isoText(from)}/${isoText(to)}`),
    },
    {
      key: 'totals',
      header: 'Total',
      width: 'minmax(9.5rem, 0.9fr)',
      align: 'right',
      cell: ({ report }) => <span title={totalsText(report.totals)}>{totalsText(report.totals)}</span>,
      text: ({ report }) => totalsText(report.totals),
    },
    {
      key: 'placement',
      header: 'Buckets',
      width: '6rem',
      cell: ({ placement }) => <span className="second">{placementName(placement)}</span>,
      text: ({ placement }) => placement ?? '',
    },
    {
      key: 'imported',
      header: 'Imported',
      width: '5.5rem',
      cell: (file) => <Imported file={file} zone={zone} />,
      text: ({ importedAt }) => (importedAt === null ? '' : isoText(importedAt)),
    },
    {
      key: 'problems',
      header: 'Problems',
      width: '4rem',
      align: 'right',
      cell: ({ report: { problemCount } }) =>
        problemCount === 0 ? null : <span className="problem-count">{countText(problemCount)}</span>,
      text: ({ report }) => String(report.problemCount),
    },
  ];
}

function Imported({ file, zone }: { readonly file: StoredFile; readonly zone: Zone }): ReactNode {
  if (file.ofScenario) return <span className="second">scenario</span>;
  if (file.importedAt === null) return null;
  return (
    <time className="second" dateTime={isoText(file.importedAt)} title={instantText(file.importedAt, zone)}>
      {`${dayText(file.importedAt, zone)} ${timeText(file.importedAt, zone, 'minute')}`}
    </time>
  );
}

function placementName(placement: StoredFile['placement']): string {
  return PLACEMENTS.find(({ value }) => value === placement)?.label ?? '';
}
