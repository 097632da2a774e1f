/**
 * Asks for files through a plain file input, which works in both shells and hands over `File` objects that stream to the
 * worker without a copy. An empty answer means that the user closed the dialog.
 */
export function chooseFiles(options: { readonly accept: string; readonly multiple: boolean }): Promise<File[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = options.accept;
  input.multiple = options.multiple;
  input.hidden = true;
  document.body.append(input);
  return new Promise((resolve) => {
    const finish = (): void => {
      resolve(Array.from(input.files ?? []));
      input.remove();
    };
    input.addEventListener('change', finish, { once: true });
    input.addEventListener('cancel', finish, { once: true });
    input.click();
  });
}
