import type { MetricDefinition } from '../metric.ts';
import { choice } from './choice.ts';
import {
  contains,
  containsAll,
  containsAny,
  endsWith,
  icontains,
  icontainsAll,
  icontainsAny,
  startsWith,
} from './contains.ts';
import { equals, iequals, jsonPath } from './equals.ts';
import { fuzzyMatch } from './fuzzyMatch.ts';
import { languageIs } from './languageIs.ts';
import { mathsEquivalent } from './mathsEquivalent.ts';
import { numeric } from './numeric.ts';
import { regex, regexFull } from './regex.ts';
import { regexExtract } from './regexExtract.ts';
import { nonLetterShare, vocabularyCoverage } from './vocabulary.ts';
import { excludesWords, includesWords } from './wordList.ts';

export const STRING_METRICS: readonly MetricDefinition[] = [
  equals,
  iequals,
  fuzzyMatch,
  numeric,
  mathsEquivalent,
  choice,
  contains,
  icontains,
  containsAll,
  containsAny,
  icontainsAll,
  icontainsAny,
  includesWords,
  excludesWords,
  startsWith,
  endsWith,
  regex,
  regexFull,
  regexExtract,
  languageIs,
  nonLetterShare,
  vocabularyCoverage,
  jsonPath,
];
