// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: clv4j contributors
package org.clv4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.clv4j.core.data.DataException;
import org.clv4j.core.model.ModelException;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * The command {@code clv}: from transactions to customer lifetime value and customer equity.
 *
 * <p>Exit codes: 0 done; 1 the data or the model refused, with one line on standard error; 2 wrong usage.
 */
public final class Main {

    private static final int REFUSED = ExitCode.SOFTWARE;
    private static final int WRONG_USAGE = ExitCode.USAGE;
    /** The system property by which a launcher tells that standard error is a terminal. */
    private static final String TERMINAL = "clv.terminal";

    private Main() {}

    /**
     * Runs the command and ends the Java virtual machine with its exit code.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        // Not System.out and System.err: their character set is the machine's.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        int exitCode = run(args, System.in, out, err);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /**
     * Runs the command.
     *
     * @param args the arguments
     * @param in what {@code -} means as input
     * @param out where results go; its bytes are UTF-8
     * @param err where notes and errors go
     * @return the exit code: 0 done, 1 the data or the model refused, 2 wrong usage
     */
    public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        Console console = new Console(in, out, err, Boolean.getBoolean(TERMINAL));
        int exitCode;
        try {
            exitCode = commandLine(console, args).execute(args);
        } catch (OutOfMemoryError e) {
            say(console, "out of memory; give Java more, as with CLV_JAVA_OPTS=-Xmx8g");
            exitCode = REFUSED;
        }
        if (exitCode == ExitCode.OK) {
            console.printNotes();
        }
        out.flush();
        err.flush();
        return exitCode;
    }

    private static CommandLine commandLine(Console console, String[] args) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("summary", () -> new SummaryCommand(console));
        commands.put("fit", () -> new FitCommand(console));
        commands.put("score", () -> new ScoreCommand(console));
        commands.put("equity", () -> new EquityCommand(console));
        commands.put("forecast", () -> new ForecastCommand(console));
        commands.put("rank", () -> new RankCommand(console));
        // Picocli renames options of a command only while it makes a command line of its own.
        commands.put("explain", () -> new CommandLine(new ExplainCommand(console)));
        commands.put("validate", () -> new ValidateCommand(console));
        commands.put("retention", () -> new RetentionCommand(console));
        commands.put("simulate", () -> new SimulateCommand(console));
        commands.put("demo", () -> new DemoCommand(console));
        commands.put("help", HelpCommand::new);
        commands.put("generate-completion", GenerateCompletion::new);
        CommandLine commandLine = new CommandLine(new Clv());
        // Looking into the classes of commands takes time: of the others only if somebody asks what there is.
        if (args.length > 0 && commands.containsKey(args[0]) && !isAboutOthers(args[0])) {
            commandLine.addSubcommand(args[0], commands.get(args[0]).get());
        } else {
            commands.forEach((name, command) -> commandLine.addSubcommand(name, command.get()));
        }
        commandLine.setUsageHelpWidth(110);
        commandLine.setUsageHelpLongOptionsMaxWidth(32);
        commandLine.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        commandLine.setParameterExceptionHandler((exception, unused) -> wrongUsage(console, exception));
        commandLine.setExecutionExceptionHandler((exception, unused, result) -> failed(console, exception));
        return commandLine;
    }

    private static boolean isAboutOthers(String name) {
        return name.equals("help") || name.equals("generate-completion");
    }

    private static int wrongUsage(Console console, ParameterException exception) {
        CommandLine command = exception.getCommandLine();
        say(console, exception.getMessage());
        Console.print(console.err(), "try: " + command.getCommandSpec().qualifiedName(" ") + " --help");
        return WRONG_USAGE;
    }

    private static int failed(Console console, Exception exception) {
        if (exception instanceof UsageException) {
            say(console, exception.getMessage());
            return WRONG_USAGE;
        }
        if (exception instanceof DataException || exception instanceof ModelException) {
            say(console, exception.getMessage());
            return REFUSED;
        }
        say(console, "internal error: " + exception);
        return REFUSED;
    }

    private static void say(Console console, @Nullable String message) {
        Console.print(
                console.err(),
                "clv: " + Objects.requireNonNullElse(message, "unknown").replaceAll("\\s*\\R\\s*", " "));
    }

    /** What the jar says its version is. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"clv " + Objects.requireNonNullElse(version, "(development)")};
        }
    }

    @Command(
            name = "clv",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Customer lifetime value and customer equity, from transactions.",
            footer = {
                "",
                "Example:",
                "  clv equity --transactions orders.csv --model bg-nbd --spend gamma-gamma --horizon 52 \\",
                "      --discount-rate 0.10 --margin 0.3",
                "",
                "Exit codes: 0 done, 1 the data or the model refused, 2 wrong usage."
            })
    private static final class Clv implements Runnable {
        @Override
        public void run() {
            throw new UsageException("which command? see clv --help");
        }
    }
}
