/** How far a refusal is looked for: it opens an answer. */
const OPENING = 300;

const EN_DO =
  '(?:help|assist|aid|provide|comply|fulfill?|support|engage|create|generate|write|give|offer|answer|discuss|share|continue|participate|produce|complete|respond|do that|do this|process|accommodate|facilitate|recommend|advise|tell|show|teach|explain how)';
const EN_ASIDE = '(?:[^.!?"“”]{0,80}?,? (?:but|however),? |[,.!:;]? ?)?';

/**
 * By language, openings of answers that decline. Each begins at the first word, so that a refusal that is quoted or told of
 * is none, and names what is declined, so that "I can't find your order" is none. Folded text, straight apostrophes.
 */
const PATTERNS: readonly (readonly [language: string, pattern: RegExp])[] = [
  [
    'English',
    start(
      `(?:(?:i'?m|i am) (?:\\w+ )?sorry|sorry|(?:my )?apologies|i apologi[sz]e|unfortunately|as an? (?:ai|artificial|language|responsible)[^.,]{0,60}|thank you[^.!]{0,60})?${EN_ASIDE}i(?: simply| just| really)? ?(?:can(?:'?t|not| not)|won'?t|will not|'?m (?:unable|not able)(?: to)?|am (?:unable|not able)(?: to)?|must (?:decline|refuse)(?: to)?|(?:have|need) to (?:decline|refuse)(?: to)?|decline to|refuse to|'?m not (?:going|comfortable|willing)(?: to)?|do(?:n'?t| not) feel comfortable)(?: (?:be able to|in good conscience|really|directly|ethically|legally))*,? (?:${EN_DO}|helping|assisting|providing|creating|writing)\\b`,
    ),
  ],
  [
    'English',
    start(
      "(?:(?:i'?m|i am) sorry,? (?:but )?|sorry,? (?:but )?)?(?:(?:i|i've) (?:must|have to|need to) (?:respectfully )?(?:decline|refuse)\\b|(?:this|that|your) request (?:violates|goes against|is against)|it (?:would be|is|'s) (?:unethical|inappropriate|illegal|against my) )",
    ),
  ],
  [
    'Chinese',
    start(
      '(?:(?:非常|很|十分|真的)?(?:抱歉|遗憾|遺憾)|对不起|對不起|不好意思)?[,。! ]*(?:但是?|不过)?(?:作为|作為|身为)?[^。!?]{0,20}?[, ]?我?(?:们)?(?:不能|不会|不會|无法|無法|不可以|没办法|沒辦法|不便|拒绝|拒絕)[^。!?]{0,12}?(?:帮|幫|协助|協助|提供|回答|满足|滿足|完成|执行|執行|生成|创作|創作|撰写|写|寫|讨论|討論|参与|參與|处理|處理|支持|告诉|告訴|教)',
    ),
  ],
  [
    'Japanese',
    start(
      '(?:(?:大変|誠に)?申し訳(?:ありません|ございません|ない)|すみません|ごめんなさい|恐れ入り|残念)?[^。!?]{0,60}?。? ?[^。!?]{0,60}?(?:お手伝い|お答え|回答|対応|提供|協力|支援|お応え|作成|お教え)(?:は|を|する(?:こと)?[がは])?(?:できません|できかねます|いたしかねます|致しかねます|しかねます)',
    ),
  ],
  ['Japanese', start('[^。!?]{0,60}?お断り(?:し|させていただき|いたし)ます')],
  [
    'Korean',
    start(
      '(?:죄송하지만|죄송합니다|미안하지만|유감스럽게도)?[^.!?]{0,40}?[.,]? ?[^.!?]{0,60}?(?:도와|도움을|제공|답변|대답|알려|작성)[^.!?]{0,16}?(?:수 없습니다|수가 없습니다|수 없어요|어렵습니다|않습니다)',
    ),
  ],
  [
    'German',
    start(
      '(?:(?:es )?tut mir (?:\\w+ )?leid|entschuldigung|ich bedau[^,.]{0,20}|leider)?[,.:; ]*(?:aber |doch |dass )?(?:leider )?(?:als ki[^,.]{0,30} )?(?:ich (?:kann|darf|werde|möchte)|(?:(?:da|hier|dies|das|dem|so)[a-z]* )?(?:kann|darf|werde|möchte) ich)\\b[^.!?]{0,60}?(?:nicht|keine?[nrsm]?)\\b[^.!?]{0,60}?(?:helfen|weiterhelfen|unterstützen|beantworten|bereitstellen|erfüllen|geben|erstellen|schreiben|anbieten|nachkommen|mitteilen)\\b',
    ),
  ],
  [
    'French',
    start(
      "(?:(?:je suis )?(?:vraiment )?désolée?|je (?:le )?regrette|malheureusement)?[,.:; ]*(?:mais )?(?:en tant qu[^,.]{0,40}, )?je (?:ne (?:peux|puis)(?: malheureusement)?(?: pas)?|ne suis pas en mesure d|refuse d|dois (?:refuser|décliner))(?:e |'| )?[^.!?]{0,30}?(?:aider|répondre|fournir|satisfaire|accéder|écrire|créer|générer|donner|assister|cette demande|partager)",
    ),
  ],
  [
    'Spanish',
    start(
      '(?:lo siento(?: mucho)?|lo lamento|perdona?|disculpa|lamentablemente|me temo que)?[,.:; ]*(?:pero )?(?:como [^,.]{0,40}, )?(?:yo )?(?:no (?:puedo|podré|podría|me es posible|estoy en condiciones de|soy capaz de)|debo (?:rechazar|negarme)|me niego a)\\b[^.!?]{0,20}?(?:ayudar|proporcionar|cumplir|responder|ofrecer|generar|crear|escribir|dar(?:te|le)|asistir|brindar|esta solicitud|compartir)',
    ),
  ],
  [
    'Portuguese',
    start(
      '(?:(?:sinto|lamento) muito|desculpe|infelizmente|lamento)?[,.:; ]*(?:mas )?(?:eu )?não (?:posso|consigo|poderei|me é possível)\\b[^.!?]{0,20}?(?:ajudar|ajudá|fornecer|atender|responder|criar|gerar|escrever|oferecer|compartilhar)',
    ),
  ],
  [
    'Italian',
    start(
      '(?:mi dispiace|spiacente|purtroppo|scusa(?:mi)?)?[,.:; ]*(?:ma )?(?:io )?non (?:posso|sono in grado di|potrò)\\b[^.!?]{0,20}?(?:aiutar|fornir|risponder|soddisfar|crear|generar|scriver|offrir|condivider|assister)',
    ),
  ],
];

/** How an output declines: in which language, and by which words; null when it does not. */
export function refusalIn(output: string): { readonly language: string; readonly phrase: string } | null {
  const opening = output
    .slice(0, OPENING)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/、/g, ',')
    .replace(/[*_#>]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  for (const [language, pattern] of PATTERNS) {
    const phrase = pattern.exec(opening)?.[0];
    if (phrase !== undefined) return { language, phrase };
  }
  return null;
}

function start(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('\\b', '(?![\\p{L}\\p{N}])')}`, 'u');
}
