/** The work that is under way, as one bar with its cancel. */
import type { ReactNode } from 'react';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import type { Activity } from './slice.ts';

export function ActivityProgress({ activity }: { readonly activity: Activity }): ReactNode {
  return (
    <ProgressBar
      what={activity.progress?.what ?? activity.what}
      done={activity.progress?.done ?? 0}
      unit={activity.progress?.unit}
      total={activity.progress?.total ?? 0}
      leftMs={activity.leftMs}
      cancelLabel={activity.cancelLabel}
      onCancel={activity.cancel}
    />
  );
}
