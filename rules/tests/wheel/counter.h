/* A counter: one for all that link the same copy of it. */
#ifndef RULES_TESTS_WHEEL_COUNTER_H_
#define RULES_TESTS_WHEEL_COUNTER_H_

#ifdef __cplusplus
extern "C" {
#endif

/* Makes the next count() give `first` + 1. */
void count_from(int first);

int count(void);

#ifdef __cplusplus
}
#endif

#endif /* RULES_TESTS_WHEEL_COUNTER_H_ */
