import { hash } from 'node:crypto';

/** The same for the same answer: half of a SHA-256 of what was said and of the calls as they are stored, in base64. */
export function answerName(output: string | null, toolCalls: string | null): string {
  return hash('sha256', `${output ?? ''}\n${toolCalls ?? ''}`, 'base64').slice(0, 22);
}
