// What is wrong with how a card looks, and every text on it. Runs in the page, at once for all of it.
() => {
  const problems = [];
  const texts = [];
  const boxes = [];
  const width = document.documentElement.clientWidth;
  const round = (box) => [box.left, box.top, box.right, box.bottom].map(Math.round).join(" ");
  const quoted = (text) => `“${text.length > 24 ? text.slice(0, 24) + "…" : text}”`;
  const brush = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  const known = new Map();
  const rgba = (colour) => {
    if (!known.has(colour)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
      known.set(colour, [r, g, b, a / 255]);
    }
    return known.get(colour);
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const ground = (element) => {
    if (!element) {
      return getComputedStyle(document.documentElement).colorScheme === "dark" ? [18, 18, 18, 1] : [255, 255, 255, 1];
    }
    const layer = rgba(getComputedStyle(element).backgroundColor);
    return layer[3] === 1 ? layer : over(layer, ground(element.parentElement));
  };
  const opacity = (element) => (element ? getComputedStyle(element).opacity * opacity(element.parentElement) : 1);
  const luminance = (colour) => {
    const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (element) => {
    const below = ground(element);
    const [r, g, b, a] = rgba(getComputedStyle(element).color);
    const [dark, light] = [luminance(over([r, g, b, a * opacity(element)], below)), luminance(below)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const judge = (element, text) => {
    const ratio = contrast(element);
    if (ratio < 4.5) problems.push(`contrast ${ratio.toFixed(2)}: ${quoted(text)}`);
  };
  const inside = (box, what) => {
    if (box.width && (box.left < -0.5 || box.right > width + 0.5)) problems.push(`sticks out at ${round(box)}: ${what}`);
  };

  // The lines of a text without the room above and below that its font keeps free.
  const ink = (node) => {
    const style = getComputedStyle(node.parentElement);
    brush.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const size = brush.measureText(node.nodeValue.trim());
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()].filter((line) => line.width > 1);
    // What is narrower than its pinyin or its word is spread over the room, with half a gap at both ends.
    const parts = /\p{Script=Han}/u.test(node.nodeValue) ? [...node.nodeValue.trim()] : node.nodeValue.trim().split(" ");
    const room = lines.reduce((sum, line) => sum + line.width, 0);
    const gap = Math.max(room - size.width, 0) / parts.length / 2;
    return lines.map((line) => {
      const base = line.top + size.fontBoundingBoxAscent;
      const [top, bottom] = [base - size.actualBoundingBoxAscent, base + size.actualBoundingBoxDescent];
      return { node, size: parseFloat(style.fontSize), left: line.left + gap, right: line.right - gap, top, bottom, width: line.width };
    });
  };

  if (document.scrollingElement.scrollWidth > width) {
    problems.push(`scrolls sideways: ${document.scrollingElement.scrollWidth} in ${width}`);
  }
  for (const element of document.body.querySelectorAll("*:not(style)")) {
    const what = `<${element.localName} class="${element.getAttribute("class") ?? ""}">`;
    if (element.checkVisibility()) for (const box of element.getClientRects()) inside(box, what);
    if (element.localName === "input") judge(element, element.value);
    if (element.localName === "svg") boxes.push({ node: element, size: 4, ...element.getBoundingClientRect().toJSON() });
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (element.localName === "style" || !node.nodeValue.trim()) continue;
    const lang = element.closest("[lang]")?.lang ?? "";
    const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    texts.push({ text: node.nodeValue, stack: getComputedStyle(element).fontFamily, lang, visible, ruby: element.localName === "rt" });
    if (!visible) continue;
    judge(element, node.nodeValue);
    const lines = ink(node);
    if (!lines.length) problems.push(`has no room: ${quoted(node.nodeValue)}`);
    if (element.localName === "rt" && lines.length > 1) {
      for (const syllable of node.nodeValue.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, syllable.index);
        range.setEnd(node, syllable.index + syllable[0].length);
        if (new Set([...range.getClientRects()].map((box) => box.top)).size > 1) problems.push(`broken: ${quoted(syllable[0])}`);
      }
    }
    for (const line of lines) inside(line, quoted(node.nodeValue));
    boxes.push(...lines);
  }

  for (const [i, one] of boxes.entries()) {
    for (const other of boxes.slice(i + 1)) {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      // Pinyin that is wider than its word hangs over the word's neighbours, and the room of the word with it.
      const free = Math.min(one.size, other.size) / 4;
      if (one.node !== other.node && across > free && down > 1) {
        const [a, b] = [one, other].map((box) => `${quoted(box.node.nodeValue ?? "svg")} at ${round(box)}`);
        problems.push(`overlap of ${Math.round(down)} px: ${a}, ${b}`);
      }
    }
  }
  return { problems, texts };
}
