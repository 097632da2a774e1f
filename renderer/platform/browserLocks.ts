/**
 * Who has what open, among the windows of this browser: Web Locks, which the browser takes back when a window ends, however
 * it ends. Where it has none, a window knows only of itself.
 */
export class BrowserLocks {
  readonly #held = new Map<string, () => void>();

  /** Takes a name for this window. @returns whether the window has it now. */
  async take(name: string, options: { readonly byForce: boolean }): Promise<boolean> {
    if (this.#held.has(name)) return true;
    const locks = lockManager();
    if (locks === null) {
      this.#held.set(name, () => undefined);
      return true;
    }
    return new Promise((resolve) => {
      const how = options.byForce ? { steal: true } : { ifAvailable: true };
      const over = locks.request(name, how, (lock) => {
        if (lock === null) {
          resolve(false);
          return undefined;
        }
        return new Promise<void>((release) => {
          this.#held.set(name, release);
          resolve(true);
        });
      });
      // Another window took it by force, or the browser refuses: it is not held here any more.
      over.catch(() => {
        this.#held.delete(name);
        resolve(false);
      });
    });
  }

  has(name: string): boolean {
    return this.#held.has(name);
  }

  release(name: string): void {
    this.#held.get(name)?.();
    this.#held.delete(name);
  }
}

function lockManager(): LockManager | null {
  return 'locks' in navigator ? navigator.locks : null;
}
