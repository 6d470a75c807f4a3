// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.core.segment;

import java.util.Locale;

/**
 * The named groups of RFM segments. Scores are read on three levels, by where the middle of a score lies among the k: level 1 + ⌊3 (score −
 * ½) / k⌋, which is 1 (low), 2 (middle) or 3 (high). Every combination of levels belongs to one group:
 *
 * <table>
 * <caption>the levels of the groups</caption>
 * <tr><th>group</th><th>recency</th><th>frequency</th><th>monetary value</th></tr>
 * <tr><td>champions</td><td>3</td><td>3</td><td>3</td></tr>
 * <tr><td>loyal</td><td>3</td><td>3</td><td>1–2</td></tr>
 * <tr><td></td><td>2</td><td>3</td><td>1–3</td></tr>
 * <tr><td>big spenders</td><td>2–3</td><td>1–2</td><td>3</td></tr>
 * <tr><td>potential loyalists</td><td>3</td><td>2</td><td>1–2</td></tr>
 * <tr><td>promising</td><td>3</td><td>1</td><td>1–2</td></tr>
 * <tr><td>need attention</td><td>2</td><td>2</td><td>1–2</td></tr>
 * <tr><td>fading</td><td>2</td><td>1</td><td>1–2</td></tr>
 * <tr><td>cannot lose</td><td>1</td><td>2–3</td><td>3</td></tr>
 * <tr><td>at risk</td><td>1</td><td>3</td><td>1–2</td></tr>
 * <tr><td></td><td>1</td><td>2</td><td>2</td></tr>
 * <tr><td>hibernating</td><td>1</td><td>2</td><td>1</td></tr>
 * <tr><td></td><td>1</td><td>1</td><td>2–3</td></tr>
 * <tr><td>lost</td><td>1</td><td>1</td><td>1</td></tr>
 * </table>
 *
 * <p>Those who never came back are {@link #ONE_TIME} if they are a class of their own ({@link RfmScoring#withZeroClass()}).
 */
public enum RfmGroup {
    /** Bought lately, often, and much. */
    CHAMPIONS("333"),
    /** Buy often, and not long ago. */
    LOYAL("33[12]|23[123]"),
    /** Buy much, but not often. */
    BIG_SPENDERS("[23][12]3"),
    /** Bought lately, and more than a few times. */
    POTENTIAL_LOYALISTS("32[12]"),
    /** Bought lately, but seldom. */
    PROMISING("31[12]"),
    /** Middling in everything. */
    NEED_ATTENTION("22[12]"),
    /** Bought seldom, and some time ago. */
    FADING("21[12]"),
    /** Bought much and more than a few times, but not for long. */
    CANNOT_LOSE("1[23]3"),
    /** Bought often, but not for long. */
    AT_RISK("13[12]|122"),
    /** Bought little, and not for long. */
    HIBERNATING("121|11[23]"),
    /** Lowest in everything. */
    LOST("111"),
    /** Bought once, where that is a class of its own. */
    ONE_TIME("");

    private static final int LEVELS = 3;

    /** The levels of recency, frequency and monetary value, as a regular expression. */
    private final String levels;

    RfmGroup(String levels) {
        this.levels = levels;
    }

    /**
     * Returns the group of scores.
     *
     * @param recency the score of recency; in [1, scores], or 0 as the others for one who never came back
     * @param frequency the score of frequency
     * @param monetary the score of monetary value
     * @param scores how many scores there are; in [2, 9]
     * @return the group
     * @throws IllegalArgumentException if a score is out of range
     */
    public static RfmGroup of(int recency, int frequency, int monetary, int scores) {
        RfmScoring.requireScores(scores);
        if (recency == 0 && frequency == 0 && monetary == 0) {
            return ONE_TIME;
        }
        int r = level("recency", recency, scores);
        int f = level("frequency", frequency, scores);
        int m = level("monetary", monetary, scores);
        for (RfmGroup group : values()) {
            if (group.has(r, f, m)) {
                return group;
            }
        }
        throw new AssertionError("no group has the levels " + r + f + m);
    }

    private static int level(String name, int score, int scores) {
        if (score < 1 || score > scores) {
            throw new IllegalArgumentException("`" + name + "` must be in [1, " + scores + "], but was " + score);
        }
        return 1 + LEVELS * (2 * score - 1) / (2 * scores);
    }

    boolean has(int r, int f, int m) {
        return ("" + r + f + m).matches(levels);
    }

    /** Returns the name, as {@code cannot lose}. */
    @Override
    public String toString() {
        return this == ONE_TIME ? "one-time" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
