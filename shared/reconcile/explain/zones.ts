/** Zones by which vendors and their customers close months. */
export const VENDOR_ZONES = ['UTC', 'America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Asia/Tokyo'] as const;

/** Zones an hour beside them: a total that closes under one of these too does not tell which it is. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  UTC: ['Europe/Lisbon', 'Atlantic/Azores', 'Africa/Lagos'],
  'America/Los_Angeles': ['America/Denver', 'America/Anchorage', 'America/Phoenix'],
  'America/New_York': ['America/Chicago', 'America/Halifax', 'America/Bogota'],
  'Europe/Berlin': ['Europe/London', 'Europe/Helsinki', 'Africa/Lagos'],
  'Asia/Tokyo': ['Asia/Shanghai', 'Australia/Sydney', 'Australia/Adelaide'],
};

export function zonesBeside(zone: string): readonly string[] {
  return BESIDE[zone] ?? [];
}

/** The zone of a month boundary, as a clause. */
export function zoneClause(zone: string): string {
  return `the vendor's month ends at midnight ${zone === 'UTC' ? 'UTC' : `in ${placeOf(zone)}`}`;
}

/** `Los Angeles` */
function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
