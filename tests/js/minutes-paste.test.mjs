import assert from "node:assert/strict";
import { test } from "node:test";
import { Window } from "happy-dom";
import { markdownOf } from "../../static/js/lib/minutes/paste.js";

const window = new Window();
const pasted = (html) => markdownOf(/** @type {any} */ (new window.DOMParser().parseFromString(html, "text/html")));

test("Word: headings, paragraphs, its typed bullets and numbers, bold and links stay", () => {
  const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm;} --></style></head>
<body lang=FR><!--StartFragment--><h1>Les faiblesses<o:p></o:p></h1>
<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Six mois</b> sans <i>réponse</i>,<span style='mso-spacerun:yes'>  </span>voir le <a href="https://exemple.fr/page">compte rendu</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Deux salariés<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>peu de relais</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>Premier</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span>Second</p>
<p class=Titre2>Un titre de style</p>
<!--EndFragment--></body></html>`;
  assert.equal(
    pasted(html),
    "### Les faiblesses\n\n**Six mois** sans *réponse*, voir le [compte rendu](https://exemple.fr/page).\n\n- Deux salariés\n  - peu de relais\n1. Premier\n2. Second\n\n#### Un titre de style",
  );
});

test("Word: a table keeps its cells, merged ones included", () => {
  const html = `<table class=MsoTableGrid border=1><tr><td width=200><p class=MsoNormal><b>Qui<o:p></o:p></b></p></td><td><p class=MsoNormal><b>Quoi</b></p></td></tr>
<tr><td><p class=MsoNormal>La mairie</p></td><td><p class=MsoNormal>Répond | en un mois</p><p class=MsoNormal>et le dit</p></td></tr>
<tr><td colspan=2><p class=MsoNormal>À revoir</p></td></tr></table>`;
  assert.equal(pasted(html), "| **Qui** | **Quoi** |\n| --- | --- |\n| La mairie | Répond \\| en un mois et le dit |\n| À revoir |  |");
});

test("LibreOffice: real lists, font tags and empty paragraphs", () => {
  const html = `<!DOCTYPE html><html><head><meta name="generator" content="LibreOffice 7.4"/><style>p { line-height: 115% }</style></head><body lang="fr-FR">
<h2 class="western">Ce qui fait débat</h2><p style="line-height: 100%"><font face="Liberation Serif"><font size="3">Pour les <b>élus</b>, c’est non.</font></font></p><p><br/>
</p><ul><li><p style="margin-bottom: 0cm">première</p></li><li><p>seconde</p><ul><li><p>dessous</p></li></ul></li></ul><ol start="3"><li><p>trois</p></li></ol></body></html>`;
  assert.equal(pasted(html), "#### Ce qui fait débat\n\nPour les **élus**, c’est non.\n\n- première\n- seconde\n  - dessous\n3. trois");
});

test("Google Docs: the bold that wraps everything is none, styles are marks, boxes are tasks", () => {
  const html = `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1a2b"><h2 dir="ltr"><span style="font-size:16pt;font-weight:400">Propositions</span></h2><p dir="ltr"><span style="font-weight:700">Répondre</span><span style="font-weight:400"> dans un </span><span style="font-style:italic;font-weight:400">délai</span><span style="font-weight:400"> annoncé.</span></p><ul><li dir="ltr" role="checkbox" aria-checked="false"><p dir="ltr" role="presentation"><span>appeler la mairie</span></p></li><li role="checkbox" aria-checked="true"><p><span>écrire</span></p></li></ul><br></b>`;
  assert.equal(pasted(html), "#### Propositions\n\n**Répondre** dans un *délai* annoncé.\n\n- [ ] appeler la mairie\n- [x] écrire");
});

test("a web page: nothing of it runs or is fetched, unsafe links keep their words only", () => {
  const html = `<div><script>alert(1)</script><style>p{}</style><p onclick="x()">Lire <a href="javascript:alert(1)">ici</a> et <a href="/relatif">là</a>, <img src="https://ailleurs.example/pixel.gif" alt="un schéma"></p><iframe src="https://x"></iframe></div><blockquote><p>Une citation</p><p>longue</p></blockquote><pre>code *vrai*\nligne</pre><hr>`;
  assert.equal(pasted(html), "Lire ici et là, un schéma\n\n> Une citation\n>\n> longue\n\n```\ncode *vrai*\nligne\n```\n\n---");
});

test("words that look like Markdown stay words", () => {
  assert.equal(pasted("<p># pas un titre</p><p>1. pas une liste</p><p>a*b*c [C-12] &lt;b&gt;</p><p>::: auto V-2 00000000</p>"), "\\# pas un titre\n\n1\\. pas une liste\n\na\\*b\\*c \\[C-12\\] \\<b>\n\n\\::: auto V-2 00000000");
});

test("lines broken inside a paragraph stay lines, and nothing said is nothing pasted", () => {
  assert.equal(pasted("<p>Une ligne<br>et une autre</p>"), "Une ligne\\\net une autre");
  assert.equal(pasted("<p><br></p><div>  </div>"), "");
});
