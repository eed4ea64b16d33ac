/** Short names, so that a match fits on a line. */
const NAMES =
  "Ada Ben Cleo Dag Eda Finn Gita Hugo Ines Jon Kaia Leo Mira Nils Olga Pau Quin Rosa Sami Tara " +
  "Udo Vera Wim Xenia Yara Zeno Alba Bram Cara Dina Emil Fay Gus Hana Ivo June Kofi Lena Max Nora";

const PLAYER_NAMES = NAMES.split(" ");

/** @param index from 0; after forty players the names begin again, with a number */
export function playerName(index: number): string {
  const round = Math.floor(index / PLAYER_NAMES.length);
  return `${PLAYER_NAMES[index % PLAYER_NAMES.length]}${round === 0 ? "" : round + 1}`;
}
