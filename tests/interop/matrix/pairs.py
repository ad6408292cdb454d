"""All pairs: few cases, in which each value of an axis meets each of every other axis with which it can be had."""

import collections
import itertools


def pairs_of(case):
    return frozenset(itertools.combinations(enumerate(case), 2))


def all_pairs(candidates):
    """(cases, number of pairs): some of the candidates that hold every pair that any candidate holds.

    Takes whichever holds the most of what is left; of those that are alike the one whose values were taken least, then
    the first. So the same come from the same candidates.
    """
    pairs = {case: pairs_of(case) for case in candidates}
    left = set().union(*pairs.values())
    count, chosen, taken = len(left), [], collections.Counter()
    while left:
        best = max(candidates, key=lambda case: (len(pairs[case] & left), -sum(taken[value] for value in case)))
        chosen.append(best)
        left -= pairs[best]
        taken.update(best)
    return chosen, count
