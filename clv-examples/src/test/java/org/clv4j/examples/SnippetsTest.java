// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Code in the documentation is code of the tests. A block after {@code <!-- snippet: File#name -->} must be, byte for byte, the
 * region of that file between {@code // snippet:name} and {@code // end}, its common indentation taken off; a block after
 * {@code <!-- resource: path -->} must be that whole file of the test resources, which is what an example prints.
 *
 * <p>With {@code -Dclv.docs=update}, examples and this test write what they would compare; run it twice.
 */
class SnippetsTest {

    private static final Path SOURCES = Markdown.root().resolve("clv-examples/src/test");
    private static final String START = "// snippet:";
    private static final String END = "// end";
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

    @TestFactory
    Stream<DynamicTest> snippetsAreRegionsOfTests() {
        return blocks("snippet", SnippetsTest::region);
    }

    @TestFactory
    Stream<DynamicTest> outputsAreWholeFiles() {
        return blocks(
                "resource", name -> Markdown.read(SOURCES.resolve("resources").resolve(name)));
    }

    private static Stream<DynamicTest> blocks(String key, UnaryOperator<String> expected) {
        return Markdown.blocks().stream()
                .filter(block -> !block.marked(key).isEmpty())
                .map(block -> dynamicTest(block.where() + " " + block.marked(key), () -> {
                    String text = expected.apply(block.marked(key));
                    if (Markdown.isUpdating()) {
                        Markdown.rewrite(block, text);
                    } else {
                        assertThat(block.text())
                                .as("%s, to be %s", block.where(), block.marked(key))
                                .isEqualTo(text);
                    }
                }));
    }

    @Test
    void noCodeWithoutATest() {
        assertThat(Markdown.blocks())
                .filteredOn(block -> Set.of("java", "groovy").contains(block.language()))
                .allSatisfy(block ->
                        assertThat(block.marked("snippet")).as(block.where()).isNotEmpty());
    }

    @Test
    void noRegionWithoutAReader() {
        Set<String> shown = Markdown.blocks().stream()
                .map(block -> block.marked("snippet"))
                .filter(marked -> !marked.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> regions = new TreeSet<>();
        for (Path source : sources()) {
            Markdown.read(source)
                    .lines()
                    .map(String::strip)
                    .filter(line -> line.startsWith(START))
                    .forEach(line -> regions.add(reference(source) + "#" + line.substring(START.length())));
        }
        assertThat(regions).isEqualTo(shown);
    }

    /** Links to files and headings of this repository lead somewhere. */
    @Test
    void linksLeadSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path file : Markdown.files()) {
            Matcher links = LINK.matcher(withoutBlocks(Markdown.read(file)));
            while (links.find()) {
                String target = links.group(1);
                if (target.contains("://") || target.startsWith("mailto:")) {
                    continue;
                }
                String path = target.replaceFirst("#.*", "");
                Path linked = path.isEmpty() ? file : file.resolveSibling(path).normalize();
                if (!Files.exists(linked)) {
                    broken.add(Markdown.root().relativize(file) + " links to " + target + ", which does not exist");
                } else if (target.contains("#")
                        && !headings(linked).contains(target.substring(target.indexOf('#') + 1))) {
                    broken.add(
                            Markdown.root().relativize(file) + " links to " + target + ", which has no such heading");
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void readmeNamesTheVersionOfTheBuild() {
        String version = first("<artifactId>clv4j-parent</artifactId>\\s*<version>([^<]+)</version>", "pom.xml");
        assertThat(first("<artifactId>clv-bom</artifactId>\\s*<version>([^<]+)</version>", "README.md"))
                .isEqualTo(version);
    }

    private static String first(String pattern, String file) {
        Matcher matcher =
                Pattern.compile(pattern).matcher(Markdown.read(Markdown.root().resolve(file)));
        assertThat(matcher.find()).as("%s in %s", pattern, file).isTrue();
        return matcher.group(1);
    }

    /** The region that a marker names, as {@code RoadTest#java-road} or {@code road.groovy#groovy-road}. */
    private static String region(String reference) {
        String file = reference.substring(0, reference.indexOf('#'));
        String name = reference.substring(reference.indexOf('#') + 1);
        Path source = sources().stream()
                .filter(path -> reference(path).equals(file))
                .collect(Collectors.collectingAndThen(Collectors.toList(), found -> {
                    assertThat(found).as("files called %s", file).hasSize(1);
                    return found.get(0);
                }));
        List<String> lines = Markdown.read(source).lines().toList();
        Optional<Integer> start = Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                .filter(i -> lines.get(i).strip().equals(START + name))
                .findFirst();
        assertThat(start).as("start of %s", reference).isPresent();
        List<String> region = lines.subList(start.orElseThrow() + 1, lines.size()).stream()
                .takeWhile(line -> !line.strip().equals(END))
                .toList();
        int indentation = region.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return region.stream()
                .map(line -> line.isBlank() ? "\n" : line.substring(indentation) + "\n")
                .collect(Collectors.joining());
    }

    /** A Java source is known by its class, a resource by its file name. */
    private static String reference(Path source) {
        return source.getFileName().toString().replaceFirst("\\.java$", "");
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".java") || file.toString().endsWith(".groovy"))
                    .filter(file -> !file.endsWith("SnippetsTest.java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutBlocks(String text) {
        return text.replaceAll("(?ms)^```.*?^```$", "").replaceAll("`[^`\n]*`", "");
    }

    /** The anchors of a file's headings, as the usual Markdown viewers make them. */
    private static Set<String> headings(Path file) {
        return Markdown.read(file)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading ->
                        heading.replaceAll("[^\\p{L}\\p{N} _-]", "").strip().replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
