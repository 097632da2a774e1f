/** Joins the list of profiles with the store. */
import type { ReactNode } from 'react';
import { ProfilesList } from '../features/data/ProfilesList.tsx';
import { useActions, useAppState } from './context.ts';

export function ProfilesPart(): ReactNode {
  const { deleteProfile } = useActions();
  const profiles = useAppState((state) => state.profiles);
  return <ProfilesList profiles={profiles} onDelete={deleteProfile} />;
}
