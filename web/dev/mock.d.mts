export interface MockCase {
  state: string;
}
export function newCase(link: string): MockCase | null;
export function told(it: MockCase): object;
