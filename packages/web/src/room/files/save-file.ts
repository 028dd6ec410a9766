/** Hands a received file to the browser as a download. The browser keeps to the name. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by then; a file on the disk stays readable for it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
