/** Texts of Parquet values by their type: integers and decimals exactly as stored, times in ISO 8601, nothing by way of a float. */
import type { SchemaElement } from 'hyparquet';
import { DAY_MS, formatInstant } from '../../domain/time.ts';
import { decodeUtf8 } from '../../domain/usage.ts';

/** A value as it is stored, before its meaning. */
export type Stored = boolean | number | bigint | Uint8Array;

export interface ValueText {
  readonly text: (value: Stored) => string;
  /** In JSON it stands without quotes. */
  readonly bare: boolean;
}

export function valueText(element: SchemaElement): ValueText {
  const { type, logical_type: logical, converted_type: converted } = element;
  if (logical?.type === 'DECIMAL' || converted === 'DECIMAL') {
    const scale = (logical?.type === 'DECIMAL' ? logical.scale : element.scale) ?? 0;
    if (!(scale >= 0 && scale <= 100)) throw new Error(`${element.name} has a scale of ${scale}`);
    return { bare: true, text: (value) => scaled(integerOf(value), scale) };
  }
  switch (type) {
    case 'BOOLEAN':
      return { bare: true, text: String };
    case 'INT32':
      return int32Text(element);
    case 'INT64':
      return int64Text(element);
    case 'INT96':
      return { bare: false, text: (value) => int96Text(bytesOf(value)) };
    case 'FLOAT':
      return { bare: true, text: (value) => shortestFloat(Number(value)) };
    case 'DOUBLE':
      return { bare: true, text: (value) => String(value) };
    case 'BYTE_ARRAY':
      return { bare: false, text: (value) => decodeUtf8(bytesOf(value)) };
    case 'FIXED_LEN_BYTE_ARRAY':
      return fixedText(element);
    case undefined:
    default:
      throw new Error(`${element.name} is of no known type`);
  }
}

function int32Text({ logical_type: logical, converted_type: converted }: SchemaElement): ValueText {
  if (logical?.type === 'DATE' || converted === 'DATE') {
    return { bare: false, text: (value) => dayText(Number(value)) };
  }
  if (logical?.type === 'TIME' || converted === 'TIME_MILLIS') {
    return { bare: false, text: (value) => instantText(BigInt(Number(value)), 3).slice(11) };
  }
  const unsigned = logical?.type === 'INTEGER' ? !logical.isSigned : converted === 'UINT_32';
  return { bare: true, text: (value) => String(unsigned ? Number(value) >>> 0 : value) };
}

/** Digits of a second by unit. */
const DIGITS = { MILLIS: 3, MICROS: 6, NANOS: 9 } as const;

function int64Text({ logical_type: logical, converted_type: converted }: SchemaElement): ValueText {
  if (logical?.type === 'TIMESTAMP') {
    const zone = logical.isAdjustedToUTC ? 'Z' : '';
    return { bare: false, text: (value) => instantText(integerOf(value), DIGITS[logical.unit]) + zone };
  }
  // without a logical type, timestamps are in UTC
  if (converted === 'TIMESTAMP_MILLIS') return { bare: false, text: (value) => instantText(integerOf(value), 3) + 'Z' };
  if (converted === 'TIMESTAMP_MICROS') return { bare: false, text: (value) => instantText(integerOf(value), 6) + 'Z' };
  if (logical?.type === 'TIME' || converted === 'TIME_MICROS') {
    const digits = logical?.type === 'TIME' ? DIGITS[logical.unit] : 6;
    return { bare: false, text: (value) => instantText(integerOf(value), digits).slice(11) };
  }
  const unsigned = logical?.type === 'INTEGER' ? !logical.isSigned : converted === 'UINT_64';
  return { bare: true, text: (value) => String(unsigned ? BigInt.asUintN(64, integerOf(value)) : value) };
}

const JULIAN_EPOCH = 2_440_588n;

/** Nanoseconds of a day and a Julian day; writers do not agree whether in UTC, so no zone is stated. */
function int96Text(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const days = BigInt(view.getUint32(8, true)) - JULIAN_EPOCH;
  return instantText(days * BigInt(DAY_MS) * 1_000_000n + view.getBigUint64(0, true), 9);
}

function fixedText({ logical_type: logical, converted_type: converted }: SchemaElement): ValueText {
  if (logical?.type === 'UUID') {
    return {
      bare: false,
      text: (value) => hex(bytesOf(value)).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    };
  }
  if (logical?.type === 'FLOAT16') return { bare: true, text: (value) => String(float16(bytesOf(value))) };
  if (converted === 'INTERVAL') return { bare: false, text: (value) => hex(bytesOf(value)) };
  return { bare: false, text: (value) => decodeUtf8(bytesOf(value)) };
}

/** The years that ISO 8601 writes with four digits, in milliseconds. */
const FIRST_MS = -62_167_219_200_000n;
const LAST_MS = 253_402_300_799_999n;

/**
 * `YYYY-MM-DDTHH:MM:SS` with the fraction that is there, of units of 10^-`digits` seconds since 1970; a number that is no
 * time of a year of four digits stands as it is.
 */
function instantText(units: bigint, digits: 3 | 6 | 9): string {
  const perSecond = 10n ** BigInt(digits);
  let fraction = units % perSecond;
  if (fraction < 0n) fraction += perSecond;
  const ms = ((units - fraction) / perSecond) * 1000n;
  if (ms < FIRST_MS || ms > LAST_MS) return String(units);
  const seconds = formatInstant(Number(ms)).slice(0, 19);
  if (fraction === 0n) return seconds;
  const shown = String(fraction)
    .padStart(digits, '0')
    .replace(/(000)+$/, '');
  return `${seconds}.${shown}`;
}

function dayText(days: number): string {
  const ms = BigInt(days) * BigInt(DAY_MS);
  return ms < FIRST_MS || ms > LAST_MS ? String(days) : instantText(ms, 3).slice(0, 10);
}

function scaled(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return (unscaled < 0n ? '-' : '') + (scale === 0 ? whole : `${whole}.${digits.slice(-scale)}`);
}

/** Bytes are big-endian two's complement. */
function integerOf(value: Stored): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value);
  if (value.length === 0) return 0n;
  return BigInt.asIntN(value.length * 8, BigInt(`0x${hex(value)}`));
}

function bytesOf(value: Stored): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error('a value is of another type than its column');
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The shortest decimal that is this 32-bit float. */
function shortestFloat(value: number): string {
  for (let precision = 1; precision < 10; precision++) {
    const short = Number(value.toPrecision(precision));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

function float16(bytes: Uint8Array): number {
  const bits = (bytes[1] ?? 0) * 256 + (bytes[0] ?? 0);
  const sign = bits >> 15 === 1 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 0) return sign * 2 ** -14 * fraction;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction);
}
