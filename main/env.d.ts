/** Set by `npm run dev:electron` when the shell is built; `null` in every build that can be packaged. */
declare const __DEV_SERVER_URL__: string | null;
