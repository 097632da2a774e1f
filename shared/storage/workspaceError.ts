/** What cannot be opened or saved as a workspace; the message says what is wrong and what to do. */
export class WorkspaceError extends Error {
  override readonly name = 'WorkspaceError';
}
