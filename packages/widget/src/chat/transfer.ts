/** Whether what is dragged or pasted has files. */
export function hasFiles(data: DataTransfer | null): boolean {
  return data !== null && [...data.types].includes("Files");
}
