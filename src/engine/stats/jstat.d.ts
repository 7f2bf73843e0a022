// The package carries no types. Only what distribution.ts calls is described.
declare module 'jstat' {
  const jstat: {
    readonly studentt: {
      inv(probability: number, degreesOfFreedom: number): number;
      pdf(t: number, degreesOfFreedom: number): number;
    };
    readonly normal: { inv(probability: number, mean: number, standardDeviation: number): number };
  };
  export default jstat;
}
