/** A share as a percentage: shown and typed in percent, handed on as an exact decimal; empty leaves it to the program. */
import type { ReactNode } from 'react';
import { FreeField } from './FreeField.tsx';

export function RateField(props: {
  readonly label: string;
  /** What an empty field stands for. */
  readonly placeholder: string;
  /** From `0` to below `1`; null: empty. */
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}): ReactNode {
  const { label, placeholder, value, onChange } = props;
  return (
    <label className="rate-field">
      <span>{label}</span>
      <FreeField
        label={`${label}, percent`}
        placeholder={placeholder}
        value={value === null ? '' : `${percentOf(value)} %`}
        clearable
        read={(text) => {
          const percent = /^(\d{1,2}(?:[.,]\d{1,8})?)\s*%?$/.exec(text)?.[1];
          return percent === undefined
            ? { problem: 'A percentage from 0 to below 100, such as 2.5' }
            : { value: `${percentOf(shareOf(percent))} %` };
        }}
        onChange={(text) => onChange(text === '' ? null : shareOf(text.replace(/\s*%$/, '')))}
      />
    </label>
  );
}

/** `2.5` is `0.025`: the point moves two places, no digit is lost. */
export function shareOf(percent: string): string {
  const [whole = '', fraction = ''] = percent.replace(',', '.').split('.');
  const digits = `${whole.padStart(2, '0')}${fraction}`.replace(/0+$/, '');
  return digits === '' ? '0' : `0.${digits}`;
}

/** `0.025` is `2.5`. */
export function percentOf(share: string): string {
  const [, fraction = ''] = share.split('.');
  const digits = fraction.padEnd(2, '0');
  const whole = digits.slice(0, 2).replace(/^0(?=\d)/, '');
  const rest = digits.slice(2).replace(/0+$/, '');
  return rest === '' ? whole : `${whole}.${rest}`;
}
