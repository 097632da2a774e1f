/**
 * Puts text on the clipboard through the page's own copy event: it needs no permission, and the shell grants none. Must be
 * called while a click or a key press is handled. @returns false where the browser refused
 */
export function copyText(text: string): boolean {
  const put = (event: ClipboardEvent): void => {
    if (event.clipboardData === null) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    // a table in focus would put its own selection there
    event.stopImmediatePropagation();
  };
  window.addEventListener('copy', put, true);
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the replacement asks for a permission
    return document.execCommand('copy');
  } finally {
    window.removeEventListener('copy', put, true);
  }
}
