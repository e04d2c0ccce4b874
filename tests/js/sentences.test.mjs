import assert from "node:assert/strict";
import { test } from "node:test";

import { MARK, sentenceAt } from "../../static/js/lib/sentences.js";

/** @param {string} text @param {string} words */
function around(text, words) {
  const { start, end, marks } = sentenceAt(text, text.indexOf(words));
  return { said: text.slice(start, end), marks: marks.length };
}

test("a_sentence_is_found_around_a_word_with_the_citations_it_bears", () => {
  const text = `Une première phrase. Six mois ${MARK}${MARK}. « Je n’ai pas le pouvoir. Jamais. » ${MARK} Et M. Untel aussi`;
  assert.deepEqual(around(text, "première"), { said: "Une première phrase", marks: 0 });
  assert.deepEqual(around(text, "Six"), { said: "Six mois", marks: 2 });
  assert.deepEqual(around(text, "pouvoir"), { said: "« Je n’ai pas le pouvoir. Jamais. »", marks: 1 });
  assert.deepEqual(around(text, "Untel"), { said: "Et M. Untel aussi", marks: 0 });
});

test("a_citation_after_the_full_stop_belongs_to_what_it_follows", () => {
  const text = `On attend. ${MARK} Puis rien.`;
  assert.deepEqual(around(text, MARK), { said: "On attend", marks: 1 });
  assert.deepEqual(around(text, "rien"), { said: "Puis rien", marks: 0 });
});

test("a_stop_before_a_small_letter_ends_nothing", () => {
  assert.deepEqual(around("Vers 20 h, etc. et ensuite", "20"), { said: "Vers 20 h, etc. et ensuite", marks: 0 });
});

test("a_text_of_citations_alone_is_one_empty_sentence", () => {
  assert.deepEqual(around(`${MARK} ${MARK}`, MARK), { said: "", marks: 2 });
});
