import { toolNotUsed, toolPermission, toolSequence, toolUsed } from './calledNames.ts';
import { toolCallCount } from './toolCallCount.ts';
import { toolCallF1 } from './toolCallF1.ts';
import { toolCallValid } from './toolCallValid.ts';
import { trajectoryMatch } from './trajectoryMatch.ts';

export const TOOL_METRICS = [
  toolCallValid,
  toolCallF1,
  trajectoryMatch,
  toolUsed,
  toolNotUsed,
  toolSequence,
  toolPermission,
  toolCallCount,
];
