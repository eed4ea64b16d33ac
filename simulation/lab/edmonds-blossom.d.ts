declare module "edmonds-blossom" {
  /**
   * Maximum-weight matching in a general graph, Galil 1986 after van Rantwijk.
   *
   * @param edges from, to, weight; vertices are numbered from 0
   * @param maxCardinality only matchings of as many vertices as can be are considered
   * @returns the partner of each vertex, −1 for none
   */
  export default function blossom(
    edges: readonly (readonly [number, number, number])[],
    maxCardinality: boolean,
  ): number[];
}
