/** What a run in one extension host leaves behind, as JSON beside its workspace. */
export interface EditorTestResult {
  readonly vscode: string;
  readonly host: 'node' | 'web';
  readonly passed: number;
  readonly failed: number;
}
