/* SheenBidi: levels and runs of a text in two directions. */

#include <string.h>

#include <SheenBidi/SheenBidi.h>

#include "packages/testing/check.h"

int
main(void)
{
  /* Two Latin letters, a space, two Hebrew ones, a space, a number: in a paragraph that begins from the left. */
  const char *text = "ab \xd7\x90\xd7\x91 12";
  SBCodepointSequence sequence = {SBStringEncodingUTF8, (void *)text, strlen(text)};
  SBAlgorithmRef algorithm = SBAlgorithmCreate(&sequence);
  CHECK(algorithm != NULL);
  SBParagraphRef paragraph = SBAlgorithmCreateParagraph(algorithm, 0, INT32_MAX, SBLevelDefaultLTR);
  CHECK(paragraph != NULL && SBParagraphGetBaseLevel(paragraph) == 0);
  SBLineRef line = SBParagraphCreateLine(paragraph, 0, SBParagraphGetLength(paragraph));
  CHECK(SBLineGetRunCount(line) == 3);
  /* As they are seen: the Latin letters, then the number, which is within what goes from the right, then the letters. */
  const SBRun *runs = SBLineGetRunsPtr(line);
  CHECK(runs[0].level == 0 && runs[0].offset == 0 && runs[0].length == 3);
  CHECK(runs[1].level == 2 && runs[1].offset == 8 && runs[1].length == 2);
  CHECK(runs[2].level == 1 && runs[2].offset == 3 && runs[2].length == 5);
  SBLineRelease(line);
  SBParagraphRelease(paragraph);
  SBAlgorithmRelease(algorithm);
  return 0;
}
