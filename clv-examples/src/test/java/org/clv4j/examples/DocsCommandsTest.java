// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.clv4j.examples.Markdown.Block;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands in the documentation run, and print what it says. Each page has a folder of its own, in which its blocks take effect
 * in their order:
 *
 * <ul>
 *   <li>{@code <!-- command -->}: the lines are run, and must succeed; {@code <!-- command: exit 1 -->}: the last must end so;
 *   <li>{@code <!-- output -->}: what the command block before it printed, on standard output and standard error; a line of
 *       just … stands for any number of lines. With {@code -Dclv.docs=update} blocks without one are written;
 *   <li>{@code <!-- file: name -->}: a file that later commands read;
 *   <li>{@code <!-- data: path -->}, on a line of its own: commands read that file of the optional data beside the checkout; where it
 *       is absent, the page is skipped;
 *   <li>{@code <!-- study -->}, on a line of its own: the commands of the page take minutes, and are run with {@code -Pstudy} only.
 * </ul>
 */
class DocsCommandsTest {

    private static final String ELLIPSIS = "…";
    private static final String STUDY = "<!-- study -->";
    private static final Pattern DATA = Pattern.compile("<!-- data: (\\S+) -->");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> pages() {
        return pages(false);
    }

    @TestFactory
    @Tag("study")
    Stream<DynamicTest> studies() {
        return pages(true);
    }

    private Stream<DynamicTest> pages(boolean studies) {
        return Markdown.files().stream()
                .filter(file -> Markdown.blocks(file).stream().anyMatch(DocsCommandsTest::isCommand))
                .filter(file -> Markdown.read(file).lines().anyMatch(STUDY::equals) == studies)
                .map(file -> dynamicTest(Markdown.root().relativize(file).toString(), () -> runPage(file)));
    }

    private void runPage(Path file) throws IOException {
        Path place = Files.createDirectories(
                folder.resolve(Markdown.root().relativize(file).toString().replaceAll("\\W", "_")));
        copyData(file, place);
        String printed = "";
        for (Block block : Markdown.blocks(file)) {
            if (!block.marked("file").isEmpty()) {
                Markdown.write(place.resolve(block.marked("file")), block.text());
            } else if (isCommand(block)) {
                printed = run(block, place);
            } else if (block.marker().equals("output")) {
                compare(block, printed);
            }
        }
    }

    static void copyData(Path file, Path place) throws IOException {
        for (String line : Markdown.read(file).lines().toList()) {
            Matcher data = DATA.matcher(line);
            if (data.matches()) {
                Path source = Path.of(System.getProperty("clv.shared", "absent"), data.group(1));
                Assumptions.assumeTrue(Files.isReadable(source), () -> "skipped: no data at " + source);
                Files.copy(source, place.resolve(source.getFileName()));
            }
        }
    }

    static boolean isCommand(Block block) {
        return block.marker().equals("command") || !block.marked("command").isEmpty();
    }

    static String run(Block block, Path place) {
        int expected = block.marked("command").isEmpty()
                ? 0
                : Integer.parseInt(block.marked("command").substring("exit ".length()));
        StringBuilder printed = new StringBuilder();
        List<DocumentedCommand> commands = DocumentedCommand.parse(block.text());
        for (int i = 0; i < commands.size(); i++) {
            DocumentedCommand.Outcome outcome = commands.get(i).run(place);
            assertThat(outcome.exitCode())
                    .as("exit code of %s in %s, which printed%n%s", commands.get(i), block.where(), outcome.printed())
                    .isEqualTo(i == commands.size() - 1 ? expected : 0);
            printed.append(outcome.printed());
        }
        return printed.toString();
    }

    private static void compare(Block block, String printed) {
        if (matches(block.text().lines().toList(), printed.lines().toList())) {
            return;
        }
        if (Markdown.isUpdating() && !block.text().contains(ELLIPSIS)) {
            Markdown.rewrite(block, printed);
        } else {
            assertThat(printed).as("what %s shows", block.where()).isEqualTo(block.text());
        }
    }

    private static boolean matches(List<String> shown, List<String> printed) {
        if (shown.isEmpty()) {
            return printed.isEmpty();
        }
        List<String> shownRest = shown.subList(1, shown.size());
        if (shown.get(0).equals(ELLIPSIS)) {
            return IntStream.rangeClosed(0, printed.size())
                    .anyMatch(skipped -> matches(shownRest, printed.subList(skipped, printed.size())));
        }
        return !printed.isEmpty()
                && Alike.test(shown.get(0), printed.get(0))
                && matches(shownRest, printed.subList(1, printed.size()));
    }

    @Test
    void everyCommandIsRun() {
        assertThat(Markdown.blocks())
                .filteredOn(block -> block.text().startsWith("./clv "))
                .allSatisfy(
                        block -> assertThat(isCommand(block)).as(block.where()).isTrue());
    }
}
