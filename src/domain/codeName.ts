/** Words that say nothing of any crisis, and are not easily misheard on the telephone. */
const manners = [
  'amber',
  'brisk',
  'calm',
  'dapper',
  'early',
  'fair',
  'gentle',
  'humble',
  'idle',
  'jolly',
  'keen',
  'lucid',
  'mellow',
  'noble',
  'plain',
  'quiet',
];
const birds = [
  'avocet',
  'bunting',
  'curlew',
  'dunlin',
  'egret',
  'finch',
  'godwit',
  'heron',
  'ibis',
  'jackdaw',
  'kestrel',
  'lapwing',
  'martin',
  'osprey',
  'plover',
  'redstart',
];

/** An innocuous name from a hash in hex, with six of its digits so that two causes hardly ever share one: `quiet-heron-4f2a91`. */
export const codeNameFrom = (hex: string): string =>
  [manners[parseInt(hex[0] ?? '0', 16)], birds[parseInt(hex[1] ?? '0', 16)], hex.slice(2, 8)].join('-');
