import { type Lane, MAX_LANES } from '../../protocol/answers.ts';

/** A prompt begins with its own model and parameters, as it is now. */
export const FIRST_LANE: Lane = { id: '1', model: null, params: {}, version: 'working' };

/** @returns the same lanes when there is no room for another */
export function addLane(lanes: readonly Lane[], lane: Omit<Lane, 'id'>): readonly Lane[] {
  return lanes.length >= MAX_LANES ? lanes : [...lanes, { ...lane, id: freeId(lanes) }];
}

/** Another model or other parameters make another lane in the same place: the old answers are not its own. */
export function changeLane(
  lanes: readonly Lane[],
  id: string,
  change: Partial<Pick<Lane, 'model' | 'params'>>,
): readonly Lane[] {
  return lanes.map((lane) => (lane.id === id ? { ...lane, ...change, id: freeId(lanes) } : lane));
}

/** The last lane stays. */
export function removeLane(lanes: readonly Lane[], id: string): readonly Lane[] {
  return lanes.length > 1 ? lanes.filter((lane) => lane.id !== id) : lanes;
}

function freeId(lanes: readonly Lane[]): string {
  return String(Math.max(0, ...lanes.map(({ id }) => Number(id) || 0)) + 1);
}
