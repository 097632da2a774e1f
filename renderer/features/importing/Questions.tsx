/** What the file leaves open, asked once for its column and answered in place; an answer can be changed until Import. */
import { Check, CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FilePreview, Question, ReadingChoices } from '../../../shared/contract/importing.ts';
import { formatInstant, parseInstant, zoneOf } from '../../../shared/domain/time.ts';
import { FreeField } from '../../ui/FreeField.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { answerOf, withAnswer, type ChangeChoices } from './answers.ts';
import { sameQuestion } from './stagingSlice.ts';

/** More than these are a list, not a row of buttons. */
const IN_A_ROW = 4;

export function Questions(props: {
  readonly preview: FilePreview;
  /** All that the file has asked so far. */
  readonly asked: readonly Question[];
  readonly zones: readonly string[];
  readonly onAnswer: (change: ChangeChoices) => void;
}): ReactNode {
  const { preview, asked, zones, onAnswer } = props;
  const { choices, questions } = preview;
  const shown = asked.filter(
    (question) => answerOf(choices, question) !== null || questions.some((open) => sameQuestion(open, question)),
  );
  if (shown.length === 0) return null;
  return (
    <section className="questions" aria-label="Questions">
      {shown.map((question) => {
        const open = questions.some((other) => sameQuestion(other, question));
        return (
          <div
            key={`${question.choice} ${question.column ?? ''}`}
            className="question"
            role="group"
            aria-label={question.asks}
          >
            {open ? (
              <CircleHelp className="tone-expiry" size="1rem" strokeWidth={1.9} aria-label="open" />
            ) : (
              <Check className="tone-credit" size="1rem" strokeWidth={1.9} aria-label="answered" />
            )}
            <div className="question-text">
              <strong>{question.asks.charAt(0).toUpperCase() + question.asks.slice(1)}</strong>
              <Where question={question} />
            </div>
            <div className="question-answer">
              <Answer
                question={question}
                value={answerOf(choices, question)}
                zones={zones}
                onChange={(value) => onAnswer((now) => withAnswer(now, question, value))}
              />
            </div>
          </div>
        );
      })}
    </section>
  );
}

function Where({ question: { column, example } }: { readonly question: Question }): ReactNode {
  if (column === null && example === null) return null;
  return (
    <span>
      {column !== null && `Column ${column}`}
      {column !== null && example !== null && ', '}
      {example !== null && (
        <>
          for example <span className="mono">{example}</span>
        </>
      )}
    </span>
  );
}

function Answer(props: {
  readonly question: Question;
  readonly value: string | null;
  readonly zones: readonly string[];
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { question, value, zones, onChange } = props;
  const { choice, options } = question;
  const free = FREE[choice];
  const listed = options.some((option) => option.value === value);
  return (
    <>
      {options.length > 0 &&
        (options.length <= IN_A_ROW ? (
          <Segmented
            label={question.asks}
            value={value}
            onChange={onChange}
            options={options.map((option) => ({ ...option, title: option.label }))}
          />
        ) : (
          <Select label={question.asks} value={listed ? value : null} options={options} onChange={onChange} />
        ))}
      {free !== undefined && (
        <FreeField
          label={free.label}
          placeholder={free.label}
          value={listed ? '' : (value ?? '')}
          suggestions={choice === 'zone' ? zones : []}
          read={free.read}
          onChange={onChange}
        />
      )}
    </>
  );
}

function readZone(text: string): { value: string } | { problem: string } {
  const zone = zoneOf(text);
  return zone === null ? { problem: `No zone is named ${text}; write it as Europe/Berlin` } : { value: zone.name };
}

function readCurrency(text: string): { value: string } | { problem: string } {
  const code = text.toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? { value: code } : { problem: 'A currency has three letters, as EUR' };
}

function readStatedAt(text: string): { value: string } | { problem: string } {
  const time = parseInstant(text.replace(/\s*UTC$/, 'Z'));
  if (typeof time === 'number') return { value: formatInstant(time).replace('.000Z', 'Z') };
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && parseInstant(`${text}T00:00`) !== 'unreadable';
  return isDay ? { value: text } : { problem: 'Write a day, as 2026-10-02, or an instant, as 2026-10-02 08:00 UTC' };
}

interface Free {
  readonly label: string;
  readonly read: (text: string) => { readonly value: string } | { readonly problem: string };
}

/** Questions of which the answer can also be written. */
const FREE: Readonly<Partial<Record<keyof ReadingChoices, Free>>> = {
  zone: { label: 'Another zone', read: readZone },
  currency: { label: 'Another currency', read: readCurrency },
  statedAt: { label: 'A day or an instant', read: readStatedAt },
};
