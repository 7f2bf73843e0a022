import { binomialUpperTail, logGamma } from './beta.ts';
import { normalQuantile } from './distribution.ts';

/** The usual chance to see a difference that is there. */
const POWER = 0.8;
/** Beyond, the exact sum takes long, and the normal approximation is a few per cent too small at most. */
const EXACT_UP_TO = 500;

/**
 * The smallest difference of two pass rates that the exact McNemar test shows in 80 of 100 tries.
 *
 * @param cases      independent pairs; integer >= 1
 * @param discordance share of pairs that change, either way; 0 < discordance <= 1. Known from earlier runs.
 * @param confidence 0 < confidence < 1, of the two-sided test
 * @returns null when not even changes that all go one way would be shown
 * Source: the exact power below, solved for the difference; beyond 500 cases Connor (1987), Biometrics 43(1), 207-211.
 */
export function detectableRateDifference(cases: number, discordance: number, confidence: number): number | null {
  if (!(discordance > 0 && discordance <= 1)) throw new RangeError(`${discordance} is no share of pairs that change.`);
  if (cases > EXACT_UP_TO) return approximately(cases, discordance, confidence);
  const power = mcnemarPower(cases, discordance, confidence);
  if (power(discordance) < POWER) return null;
  let [low, high] = [0, discordance];
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (power(middle) < POWER) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * How likely the exact McNemar test shows a difference of rates, as a function of that difference (0..discordance).
 *
 * Source: the sum over how many pairs change of the chance that the test then rejects; no approximation.
 */
export function mcnemarPower(cases: number, discordance: number, confidence: number): (difference: number) => number {
  const likely = Array.from({ length: cases + 1 }, (_, changed) => changed).flatMap((changed) => {
    const weight = binomialProbability(changed, cases, discordance);
    const critical = leastMajority(changed, 1 - confidence);
    return weight < 1e-15 || critical > changed ? [] : [{ changed, weight, critical }];
  });
  return (difference) => {
    const gains = (1 + difference / discordance) / 2;
    return likely.reduce((sum, { changed, weight, critical }) => {
      const shown = binomialUpperTail(critical, changed, gains) + binomialUpperTail(critical, changed, 1 - gains);
      return sum + weight * shown;
    }, 0);
  };
}

/** The least count of changes in one direction that the test rejects; more than there are when none is enough. */
function leastMajority(changed: number, level: number): number {
  let count = changed + 1;
  for (let tail = 0; count > changed / 2; count -= 1) {
    tail += binomialProbability(count - 1, changed, 0.5);
    if (2 * tail > level) break;
  }
  return count;
}

function binomialProbability(count: number, tries: number, probability: number): number {
  if (probability === 1) return count === tries ? 1 : 0;
  const ways = logGamma(tries + 1) - logGamma(count + 1) - logGamma(tries - count + 1);
  return Math.exp(ways + count * Math.log(probability) + (tries - count) * Math.log1p(-probability));
}

/** δ of n δ² = (z(1 - α/2) √ψ + z(power) √(ψ - δ²))². */
function approximately(cases: number, discordance: number, confidence: number): number | null {
  const level = normalQuantile((1 + confidence) / 2);
  const power = normalQuantile(POWER);
  const divisor = cases + power * power;
  const root = cases * level * level - divisor * (level * level - power * power);
  const difference = (Math.sqrt(discordance) * (Math.sqrt(cases) * level + Math.sqrt(root))) / divisor;
  return difference <= discordance ? difference : null;
}
