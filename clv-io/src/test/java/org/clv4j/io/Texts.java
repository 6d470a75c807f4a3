// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Text in memory as input and output. */
final class Texts {

    private Texts() {}

    static TextInput input(String text) {
        return input(text.getBytes(StandardCharsets.UTF_8));
    }

    static TextInput input(byte[] bytes) {
        return TextInput.ofStream(new ByteArrayInputStream(bytes), "test.csv");
    }

    static String written(Consumer<TextOutput> writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writing.accept(TextOutput.toStream(bytes, "test output"));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
