// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalQueries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.clv4j.core.data.DataException;
import org.jspecify.annotations.Nullable;

/** Parses dates of one form. A time of day may follow and is checked, not kept: the day as it is written counts. */
abstract class DateParser {

    static final String RULE = "must be a date";

    /** Returns the date, or null if the text is none. */
    abstract @Nullable LocalDate parse(CharSequence text);

    /**
     * Returns the parser of a pattern.
     *
     * @param pattern a pattern of {@link DateTimeFormatter}, as {@code dd.MM.yyyy}
     * @throws IllegalArgumentException if it is none, or has no year, month and day
     */
    static DateParser ofPattern(String pattern) {
        return new Pattern(pattern);
    }

    /**
     * Finds the form of dates.
     *
     * @param source the file, for messages
     * @param dates some of its dates; blank ones are passed over
     * @throws DataException if they fit no form, or day and month could be either way round
     */
    static DateParser detect(String source, List<String> dates) {
        List<Form> best = new ArrayList<>();
        int most = 0;
        for (Form form : Form.all()) {
            int count = 0;
            for (String date : dates) {
                count += form.parse(date) == null ? 0 : 1;
            }
            if (count > most) {
                best.clear();
                most = count;
            }
            if (count > 0 && count == most) {
                best.add(form);
            }
        }
        if (best.isEmpty()) {
            String first =
                    dates.stream().filter(date -> !date.isBlank()).findFirst().orElse("");
            throw new DataException("the dates of " + source + " have a form that is not known, as '"
                    + new BadRow(source, 0, "date", first, "").value() + "'; give the date format (--date-format)");
        }
        Form form = best.get(0);
        if (best.size() > 1 || contradicts(form, dates)) {
            throw new DataException("the dates of " + source + " could have the day or the month first, as '"
                    + example(form, dates) + "'; give the date format (--date-format dd" + form.separator + "MM"
                    + form.separator + "yyyy or MM" + form.separator + "dd" + form.separator + "yyyy)");
        }
        return form;
    }

    /** Tells whether some dates can only be read the other way round. */
    private static boolean contradicts(Form form, List<String> dates) {
        if (form.order == Order.YEAR_FIRST) {
            return false;
        }
        Form other = new Form(form.order == Order.DAY_FIRST ? Order.MONTH_FIRST : Order.DAY_FIRST, form.separator);
        return dates.stream().anyMatch(date -> form.parse(date) == null && other.parse(date) != null);
    }

    private static String example(Form form, List<String> dates) {
        return dates.stream()
                .filter(date -> form.parse(date) != null)
                .findFirst()
                .orElse("");
    }

    /** Tells whether a text could be a date in any form. */
    static boolean looksLikeDate(String text) {
        for (Form form : Form.all()) {
            if (form.parse(text) != null) {
                return true;
            }
        }
        return false;
    }

    private enum Order {
        YEAR_FIRST,
        DAY_FIRST,
        MONTH_FIRST
    }

    /** Dates in digits: three numbers with a separator, or eight digits. Years have four. */
    private static final class Form extends DateParser {
        private static final char NONE = 0;
        private static final int RECENT = 1 << 12;

        private final Order order;
        private final char separator;

        /** Dates of the last rows: most files have far fewer days than rows. */
        private final @Nullable LocalDate[] recent = new @Nullable LocalDate[RECENT];

        private Form(Order order, char separator) {
            this.order = order;
            this.separator = separator;
        }

        static List<Form> all() {
            List<Form> forms = new ArrayList<>();
            forms.add(new Form(Order.YEAR_FIRST, NONE));
            for (char separator : new char[] {'-', '/', '.'}) {
                forms.add(new Form(Order.YEAR_FIRST, separator));
                forms.add(new Form(Order.DAY_FIRST, separator));
                forms.add(new Form(Order.MONTH_FIRST, separator));
            }
            return forms;
        }

        @Override
        @Nullable
        LocalDate parse(CharSequence text) {
            int first = numberEnd(text, 0, separator == NONE || order == Order.YEAR_FIRST ? 4 : 2);
            int second = numberEnd(text, separator == NONE ? first : afterSeparator(text, first), 2);
            int third = numberEnd(
                    text, separator == NONE ? second : afterSeparator(text, second), order == Order.YEAR_FIRST ? 2 : 4);
            if (third < 0 || (separator == NONE && third != 8) || !TimeOfDay.isAtEnd(text, third)) {
                return null;
            }
            int skip = separator == NONE ? 0 : 1;
            int one = number(text, 0, first);
            int two = number(text, first + skip, second);
            int three = number(text, second + skip, third);
            int yearDigits = order == Order.YEAR_FIRST ? first : third - second - skip;
            if (yearDigits != 4) {
                return null;
            }
            return switch (order) {
                case YEAR_FIRST -> date(one, two, three);
                case DAY_FIRST -> date(three, two, one);
                case MONTH_FIRST -> date(three, one, two);
            };
        }

        private int afterSeparator(CharSequence text, int position) {
            return position >= 0 && position < text.length() && text.charAt(position) == separator ? position + 1 : -1;
        }

        /** Returns the position after a number of at most so many digits, or −1 if there is none. */
        private static int numberEnd(CharSequence text, int start, int mostDigits) {
            if (start < 0) {
                return -1;
            }
            int end = start;
            while (end < text.length() && end - start < mostDigits && isDigit(text.charAt(end))) {
                end++;
            }
            return end == start ? -1 : end;
        }

        private static int number(CharSequence text, int start, int end) {
            int number = 0;
            for (int i = start; i < end; i++) {
                number = number * 10 + (text.charAt(i) - '0');
            }
            return number;
        }

        private @Nullable LocalDate date(int year, int month, int day) {
            int slot = (year * 372 + month * 31 + day) & (RECENT - 1);
            LocalDate known = recent[slot];
            if (known != null
                    && known.getDayOfMonth() == day
                    && known.getMonthValue() == month
                    && known.getYear() == year) {
                return known;
            }
            if (year < 1
                    || month < 1
                    || month > 12
                    || day < 1
                    || day > Month.of(month).length(Year.isLeap(year))) {
                return null;
            }
            LocalDate date = LocalDate.of(year, month, day);
            recent[slot] = date;
            return date;
        }

        /** Returns the form as a pattern, as {@code yyyy-MM-dd}. */
        @Override
        public String toString() {
            String between = separator == NONE ? "" : String.valueOf(separator);
            return switch (order) {
                case YEAR_FIRST -> "yyyy" + between + "MM" + between + "dd";
                case DAY_FIRST -> "dd" + between + "MM" + between + "yyyy";
                case MONTH_FIRST -> "MM" + between + "dd" + between + "yyyy";
            };
        }
    }

    /** The time of day after a date: {@code 8:26}, {@code 08:26:00.123}, {@code T08:26:00Z}, {@code 3:45 PM}. */
    private static final class TimeOfDay {
        private final CharSequence text;
        private int position;

        private TimeOfDay(CharSequence text, int position) {
            this.text = text;
            this.position = position;
        }

        /** Tells whether the text ends here or after a time of day. */
        static boolean isAtEnd(CharSequence text, int position) {
            return position == text.length() || new TimeOfDay(text, position).matches();
        }

        private boolean matches() {
            char mark = text.charAt(position);
            if (mark != 'T' && mark != 't' && mark != ' ') {
                return false;
            }
            while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == mark)) {
                position++;
            }
            if (!number(23) || !take(':') || !number(59)) {
                return false;
            }
            if (take(':') && !number(60)) {
                return false;
            }
            if (take('.') || take(',')) {
                int start = position;
                skipDigits();
                if (position == start) {
                    return false;
                }
            }
            while (take(' ')) {
                // Blanks may stand before AM, PM or the zone.
            }
            return position == text.length() || halfOfDay() || zone();
        }

        private boolean halfOfDay() {
            boolean half = text.length() - position == 2
                    && "AaPp".indexOf(text.charAt(position)) >= 0
                    && "Mm".indexOf(text.charAt(position + 1)) >= 0;
            return half;
        }

        private boolean zone() {
            if (take('Z') || take('z')) {
                return position == text.length();
            }
            if (!take('+') && !take('-')) {
                return false;
            }
            if (!number(18)) {
                return false;
            }
            take(':');
            return position == text.length() || (number(59) && position == text.length());
        }

        private boolean take(char wanted) {
            if (position < text.length() && text.charAt(position) == wanted) {
                position++;
                return true;
            }
            return false;
        }

        /** Takes one or two digits whose value is at most a limit. */
        private boolean number(int most) {
            int start = position;
            int value = 0;
            while (position < text.length() && position - start < 2 && isDigit(text.charAt(position))) {
                value = value * 10 + (text.charAt(position) - '0');
                position++;
            }
            return position > start && value <= most;
        }

        private void skipDigits() {
            while (position < text.length() && isDigit(text.charAt(position))) {
                position++;
            }
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Dates by a pattern. */
    private static final class Pattern extends DateParser {
        private static final int MOST_KNOWN = 100_000;

        private final String pattern;
        private final DateTimeFormatter formatter;
        private final Map<String, LocalDate> known = new HashMap<>();

        Pattern(String pattern) {
            this.pattern = pattern;
            try {
                formatter = new DateTimeFormatterBuilder()
                        .parseCaseInsensitive()
                        .appendPattern(withProlepticYear(pattern))
                        .toFormatter(Locale.ENGLISH)
                        // Strict, so that 30 February is refused rather than moved.
                        .withResolverStyle(ResolverStyle.STRICT);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "`dateFormat` must be a pattern such as dd.MM.yyyy, but was '" + pattern + "'", e);
            }
            LocalDate probe = LocalDate.of(2001, 12, 31);
            if (!probe.equals(parse(write(probe)))) {
                throw new IllegalArgumentException(
                        "`dateFormat` must have year (yyyy), month (MM) and day (dd), but was '" + pattern + "'");
            }
        }

        private String write(LocalDate date) {
            try {
                return formatter.format(date.atStartOfDay(java.time.ZoneOffset.UTC));
            } catch (DateTimeException e) {
                return "";
            }
        }

        /** Strict parsing needs an era for {@code y}; people write yyyy and mean {@code uuuu}. */
        private static String withProlepticYear(String pattern) {
            StringBuilder text = new StringBuilder();
            boolean literal = false;
            for (int i = 0; i < pattern.length(); i++) {
                char c = pattern.charAt(i);
                literal ^= c == '\'';
                text.append(c == 'y' && !literal && pattern.indexOf('G') < 0 ? 'u' : c);
            }
            return text.toString();
        }

        @Override
        @Nullable
        LocalDate parse(CharSequence text) {
            String key = text.toString();
            LocalDate date = known.get(key);
            if (date == null) {
                try {
                    date = formatter.parse(key).query(TemporalQueries.localDate());
                } catch (DateTimeException e) {
                    return null;
                }
                if (date != null && known.size() < MOST_KNOWN) {
                    known.put(key, date);
                }
            }
            return date;
        }

        @Override
        public String toString() {
            return pattern;
        }
    }
}
