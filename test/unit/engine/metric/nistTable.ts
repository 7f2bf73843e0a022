// Values of NLTK 3.10.4 (sentence_nist, corpus_nist, sentence_ribes on split words) and sacreBLEU 2.6.0 (sentence_score with effective order and
// tokenize none of each against the others, mean, / 100), computed once.

type Row = readonly [output: string, references: readonly string[], nist: number, ribes: number];

export const NIST_ROWS: readonly Row[] = [
  ['dog a sat cat saw home', ['saw dog dog saw it on sat saw dog run it sat'], 0.14476491181576182, 0.0],
  [
    'run sat it the cat the the on on run the dog on',
    ['it and dog run home', 'run sat it the saw cat the the on on it the dog mat'],
    3.1900877013121547,
    0.9517471969684947,
  ],
  [
    'cat and cat run the on on the dog',
    [
      'cat home a mat on saw a the cat it cat and cat',
      'and cat the run the on on the dog',
      'home and and cat it run on run a mat cat',
    ],
    3.266865103191593,
    0.9709835434146469,
  ],
  ['sat the dog dog home', ['the dog dog sat run'], 1.7075424759098898, 0.4728708045015879],
  ['on it the it on', ['a it a the on', 'and it run it cat the sat'], 1.1806224074634306, 0.0],
  [
    'sat home run saw on run and dog',
    [
      'run on the it mat mat it dog sat it dog it sat and',
      'run sat a on it on home',
      'sat home run saw on run and dog',
    ],
    2.7033939496700463,
    1.0,
  ],
  ['it dog a saw sat home cat sat on dog saw', ['the cat cat the saw a on home home and a'], 1.2997416448351353, 0.0],
  [
    'it cat on on on the cat and dog home the the',
    ['it cat a on on home the cat a and dog on the the', 'a mat saw it sat cat mat'],
    3.5459405943640494,
    0.7517205695140914,
  ],
  [
    'mat sat cat cat dog mat home the',
    ['dog mat home a the', 'it run cat dog cat', 'mat sat cat cat dog saw mat home the'],
    3.7271474217659764,
    0.9875778004938814,
  ],
  [
    'cat and the dog it the it run and and it the',
    ['cat and the dog it the it run and and it the'],
    3.4671224438865846,
    1.0,
  ],
  [
    'home dog dog it saw dog cat saw saw the',
    ['run cat a and home mat', 'home home it dog dog dog saw cat saw saw the'],
    3.278315497162505,
    0.8325293561222114,
  ],
  [
    'on mat and run a on and on on and on',
    [
      'sat run it on saw sat mat run dog',
      'on mat and run a on run and on on and on',
      'mat on sat sat dog mat the home cat a sat cat dog dog',
    ],
    4.261872521559697,
    0.9909502882880793,
  ],
  [
    'it mat a run it the run sat and',
    ['dog run mat home it dog mat cat the a it the run'],
    1.3918509679610254,
    0.7810024450367323,
  ],
  [
    'on the a mat sat the run cat dog cat run saw',
    ['on the a on sat the run cat dog cat run saw', 'cat run on on dog a sat home the dog'],
    4.120348207273947,
    0.978482042633557,
  ],
  [
    'sat saw saw it home cat home on and and home and sat',
    [
      'home saw saw it sat and home on cat and home and sat',
      'dog on run the and saw it run saw mat dog mat',
      'cat home run home cat on on and',
    ],
    4.190058903175229,
    0.8948909245068858,
  ],
  ['saw cat the dog mat saw and a dog the', ['saw cat the dog mat saw and a dog the'], 3.2774836504429175, 1.0],
  [
    'the sat saw sat dog saw saw home sat',
    ['the sat saw mat run sat dog sat saw home saw', 'dog it home cat on dog saw saw a home saw run'],
    2.572998646934621,
    0.9184655982584575,
  ],
  [
    'saw saw a it on and',
    [
      'saw saw a it dog on and',
      'cat saw the it and the saw the saw and saw it cat',
      'cat home sat cat saw dog and and a on dog dog',
    ],
    1.1748629674755926,
    0.9834714538216175,
  ],
  ['sat on the run a mat home mat', ['and it the a sat home the the'], 1.3018796874098555, 0.5216948600244291],
  [
    'it it cat home dog cat',
    ['it dog cat dog home it cat saw', 'a home on home saw and the and run and saw it sat saw'],
    0.5895559350621754,
    0.18482393034190941,
  ],
  [
    'and saw home sat on saw run run on cat the',
    ['mat it mat on on on cat', 'on sat home cat a and cat', 'and saw home sat on and run run the cat on'],
    3.5206484678524594,
    0.9246513320693339,
  ],
  ['cat dog cat on the saw it saw', ['cat dog cat the the saw it saw'], 2.4285714285714284, 0.9671682101338347],
  [
    'sat a run cat it the sat',
    ['sat a run cat it the sat', 'cat cat mat and dog and saw mat and on it mat'],
    2.4508466164103244,
    1.0,
  ],
  [
    'a home cat a home sat and sat mat saw',
    [
      'sat and dog mat home mat and on',
      'sat cat saw the mat cat home run and it it on saw it',
      'a a cat home home sat and sat mat saw',
    ],
    4.017045979429161,
    0.9146912192286945,
  ],
];

export const NIST_CORPUS = { order5: 5.532548732859553, order3: 5.690640404973118 };

/** Of the first ten outputs; of three that are the same; of \`a b c\`, \`a b c d\` and \`x y\`. */
export const SELF_BLEU = { ten: 0.25939030189459095, same: 1.0000000000000004, three: 0.5315345191671204 };
