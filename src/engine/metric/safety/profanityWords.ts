/**
 * Coarse words, by language: a short list that catches what is plainly coarse everywhere. Words that are harmless in another
 * sense or language are left out, and so are slurs, which only their use makes: the judge `toxicity` is for these. `*` stands
 * for the endings of English words.
 */
export const PROFANITY: { readonly [language: string]: readonly string[] } = {
  en: 'fuck* motherfuck* shit* bullshit* cunt* asshole* arsehole* dickhead* wanker* bastard* bitch* bollocks twat* prick* cocksuck* goddamn dumbass* jackass* shithead* piss* pissoff'.split(
    ' ',
  ),
  de: 'scheiße scheisse scheiß scheiss arschloch arschlöcher arsch wichser wichsern fotze fotzen hurensohn hurensöhne verfickt verfickte verfickter verfickten ficken fick schlampe schlampen missgeburt drecksau'.split(
    ' ',
  ),
  fr: 'merde merdes putain putains connard connards connasse connasses salope salopes enculé enculés enculer enculée bordel foutre couille couilles nique niquer'.split(
    ' ',
  ),
  es: 'mierda mierdas puta putas puto putos joder jodido jodida cabrón cabrones gilipollas coño pendejo pendejos pendeja hijoputa hijueputa chingar chingada chingado verga culero'.split(
    ' ',
  ),
  pt: 'merda merdas caralho porra foder fodase fodido buceta viado arrombado cuzão filhodaputa'.split(' '),
  it: 'merda merde cazzo cazzi stronzo stronza stronzi stronze vaffanculo puttana puttane coglione coglioni minchia troia'.split(
    ' ',
  ),
  ru: 'блядь блять бля хуй хуйня хуя нахуй пизда пиздец пизды ебать ебаный ебаная сука суки мудак мудаки долбоёб долбоеб говно'.split(
    ' ',
  ),
  zh: '操你妈 操你媽 草泥马 他妈的 他媽的 妈的逼 傻逼 傻屄 煞笔 牛逼 装逼 狗日的 王八蛋 肏 屌你 去你妈 去你媽 滚你妈 婊子 贱人 賤人'.split(
    ' ',
  ),
  ja: 'くそったれ クソ野郎 くそ野郎 ちくしょう 畜生め 死ね くたばれ ファック ばか野郎 バカ野郎 馬鹿野郎 キチガイ'.split(
    ' ',
  ),
  ko: '씨발 시발놈 씨발놈 개새끼 병신 좆 지랄 니미럴 존나 엿먹어'.split(' '),
};

/** `fuck*` is these; a form that nobody writes harms nothing. */
export const ENGLISH_ENDINGS = [
  '',
  's',
  'es',
  'ed',
  'er',
  'ers',
  'in',
  'ing',
  'y',
  'head',
  'heads',
  'hole',
  'ty',
  'face',
];
