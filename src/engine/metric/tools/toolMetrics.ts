import { toolNotUsed, toolPermission, toolSequence, toolUsed } from './calledNames.ts';
import { loopDetection } from './loopDetection.ts';
import { mcpUse } from './mcpUse.ts';
import { skillUsed } from './skillUsed.ts';
import { stepCount } from './stepCount.ts';
import { toolCallAccuracy } from './toolCallAccuracy.ts';
import { toolCallCount } from './toolCallCount.ts';
import { toolCallF1 } from './toolCallF1.ts';
import { toolCallValid } from './toolCallValid.ts';
import { toolCorrectness } from './toolCorrectness.ts';
import { trajectoryMatch } from './trajectoryMatch.ts';

export const TOOL_METRICS = [
  toolCallValid,
  toolCallF1,
  trajectoryMatch,
  toolCallAccuracy,
  toolCorrectness,
  toolUsed,
  toolNotUsed,
  toolSequence,
  toolPermission,
  toolCallCount,
  stepCount,
  skillUsed,
  mcpUse,
  loopDetection,
];
