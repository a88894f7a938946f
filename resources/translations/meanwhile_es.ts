<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es_ES" sourcelanguage="en">
<context>
    <name>ConversationState</name>
    <message>
        <source>1 task</source>
        <translation>1 tarea</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks</source>
        <translation>
            <numerusform>%n tareas</numerusform>
            <numerusform>%n tareas</numerusform>
        </translation>
    </message>
    <message>
        <source>Message Meanwhile. It is waiting for %1 and your answer.</source>
        <translation>Escribe a Meanwhile. Espera %1 y tu respuesta.</translation>
    </message>
    <message>
        <source>Message Meanwhile. It is waiting for your answer.</source>
        <translation>Escribe a Meanwhile. Espera tu respuesta.</translation>
    </message>
    <message>
        <source>Message Meanwhile. It is working; your words go in with its next request.</source>
        <translation>Escribe a Meanwhile. Está trabajando; tu mensaje irá con su próxima petición.</translation>
    </message>
    <message>
        <source>Message Meanwhile. It is waiting for %1.</source>
        <translation>Escribe a Meanwhile. Espera %1.</translation>
    </message>
    <message>
        <source>Message Meanwhile. It is waiting for you.</source>
        <translation>Escribe a Meanwhile. Te está esperando.</translation>
    </message>
    <message>
        <source>1 task running</source>
        <translation>1 tarea en curso</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks running</source>
        <translation>
            <numerusform>%n tareas en curso</numerusform>
            <numerusform>%n tareas en curso</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting for your answer</source>
        <translation>Esperando tu respuesta</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Trabajando</translation>
    </message>
    <message>
        <source>Waiting for %1</source>
        <translation>Esperando %1</translation>
    </message>
    <message>
        <source>%1 tokens in · %2 out</source>
        <translation>%1 tokens de entrada · %2 de salida</translation>
    </message>
    <message>
        <source>%1 · %2 % cached</source>
        <translation>%1 · %2 % en caché</translation>
    </message>
    <message>
        <source>Context %1</source>
        <translation>Contexto %1</translation>
    </message>
</context>
<context>
    <name>DroppedItems</name>
    <message>
        <source>“%1” is not a file on this computer. Save it here first, then drop the saved file.</source>
        <translation>«%1» no es un archivo de este equipo. Guárdalo aquí primero y suelta el archivo guardado.</translation>
    </message>
    <message>
        <source>“%1” is not there any more. Drop it again from where it is now.</source>
        <translation>«%1» ya no está ahí. Suéltalo otra vez desde donde esté ahora.</translation>
    </message>
    <message>
        <source>You may not read the folder “%1”. Change its permissions, or drop another one.</source>
        <translation>No tienes permiso para leer la carpeta «%1». Cambia sus permisos o suelta otra.</translation>
    </message>
</context>
<context>
    <name>KeyStore</name>
    <message>
        <source>The keychain does not answer. Unlock it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeychainStore</name>
    <message>
        <source>The keychain refused.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LogTail</name>
    <message>
        <source>[… %1 left out …]</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::App</name>
    <message>
        <source>Open the window and send this at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No window: run one prompt and print the answer (&quot;-&quot; reads standard input).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With -p: text, json or stream-json.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>anthropic, openai or demo; by default what has a key, else demo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s id, as the provider names it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another address for the provider.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ask, edits, auto or plan. With -p, what would ask is refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with the newest conversation of this folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with this conversation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With -p: end with the turn, also while tasks still run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With -p: at most so many requests to the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project folder; by default the current one with -p.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See meanwhile --help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window program %1 could not be started. Install Meanwhile anew, or run without a window: meanwhile -p &quot;…&quot;.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::App::CommandLine</name>
    <message>
        <source>Only one folder can be opened, but these were given: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no output format “%1”; text, json and stream-json exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no provider “%1”; anthropic, openai and demo exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no permission mode “%1”; ask, edits, auto and plan exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--max-turns takes a whole number from 1, not “%1”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--send opens a window and -p opens none; give one of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Meanwhile, a coding agent that keeps working while its commands run.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::App::HeadlessRun</name>
    <message>
        <source>There is nothing to send: the prompt is empty. Write it after -p, or give &quot;-&quot; and standard input.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider openai is not part of this version yet. Use --provider anthropic or --provider demo.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Keys</name>
    <message>
        <source>This provider&apos;s key cannot be stored.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Llm</name>
    <message>
        <source>There is no key for Anthropic yet. Add one in Settings, or set ANTHROPIC_API_KEY before the start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider ended the answer with an error: %1 Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider said: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider did not accept the key. Check the key in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing of a model provider is at this address. Check the address in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider does not know the model “%1” at this address. Choose another model or check the address in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The request is too large for the provider. Start a new conversation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider&apos;s limit for this key is reached. Wait a moment, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider is overloaded. Wait a moment, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address answers with a redirect, which is not followed so that the key stays where it belongs. Put the final address into Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider has a problem (HTTP %1). Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The provider refused the request (HTTP %1).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Llm::AnthropicClient</name>
    <message>
        <source>The address did not answer with a list of models. Check the address in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Llm::AnthropicParser</name>
    <message>
        <source>The provider sent an answer that cannot be read. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Llm::AnthropicStream</name>
    <message>
        <source>The provider sent an answer that is too large to read. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address answered with something that is not a model&apos;s answer, perhaps a web page. Check the address in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer broke off before its end. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Models</name>
    <message>
        <source>queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exit %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signal %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timed out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped by you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped by the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped when Meanwhile was closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for a free place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is being started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs, and the agent waits for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs beside the conversation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended with exit code 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended with exit code %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended by signal %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped because its time limit was reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Could not be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its end was not seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished">Ejecutar</translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ran</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read</source>
        <translation type="unfinished">Leer</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Created</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searched</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waited for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished">Detener</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Called</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for your answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>denied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You, waiting for the next request: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thinking: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Models::TaskTableModel</name>
    <message>
        <source>not yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>request %1 (not accepted yet)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>request %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 process still runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 processes still run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signal %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. Last line: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>elapsed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no exit code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exit code %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>output %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model told: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exit code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model told</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Models::TranscriptModel</name>
    <message>
        <source>The turn ended: its limit of requests is reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for 1 task. Its result comes by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for %1 tasks. Their results come by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. The partial answer above was kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 results delivered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 result delivered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ended after %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 after %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(with 1 image)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(with %1 images)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection broke here. What came before is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer reached its length limit and ends here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model declined to go on with this request.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::ProjectFiles</name>
    <message>
        <source>%1 is a pipe, socket or device and was not opened. Name a regular file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is too large for this.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::SafeWrite</name>
    <message>
        <source>%1 has changed since it was read, and was left alone. Read it again, then repeat the change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a regular file. Choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 could not be kept safe while writing it, and was left alone. Make it readable, or write to another name.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Store</name>
    <message>
        <source>The disk is full, so the conversation is not being saved. Free some space.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation could not be saved: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Qt&apos;s SQLite driver is missing, so conversations are not saved. Install the package libqt6sql6-sqlite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The saved conversations were written by a newer Meanwhile. Update this one, or set MEANWHILE_HOME to another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no earlier conversation to go on with. Start one first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Tasks::TaskLog</name>
    <message>
        <source>The file with the task&apos;s output is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This task has written no output.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The task&apos;s output cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Tasks::TaskManager</name>
    <message>
        <source>Not all of the output could be kept: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its supervisor is gone.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::AdaptivePanes</name>
    <message>
        <source>Conversation and tasks</source>
        <translation>Conversación y tareas</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Conversación</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tareas</translation>
    </message>
    <message>
        <source>Tasks (%1)</source>
        <translation>Tareas (%1)</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ApprovalBar</name>
    <message>
        <source>Read outside the project?</source>
        <translation>¿Leer fuera del proyecto?</translation>
    </message>
    <message>
        <source>Read this file?</source>
        <translation>¿Leer este archivo?</translation>
    </message>
    <message>
        <source>Write outside the project?</source>
        <translation>¿Escribir fuera del proyecto?</translation>
    </message>
    <message>
        <source>Write this file?</source>
        <translation>¿Escribir este archivo?</translation>
    </message>
    <message>
        <source>Stop this task?</source>
        <translation>¿Detener esta tarea?</translation>
    </message>
    <message>
        <source>Run this command?</source>
        <translation>¿Ejecutar este comando?</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Escribir</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ejecutar</translation>
    </message>
    <message>
        <source>Exactly this</source>
        <translation>Exactamente esto</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Denegar</translation>
    </message>
    <message>
        <source>Allow for session</source>
        <translation>Permitir en la sesión</translation>
    </message>
    <message>
        <source>Alt+%1</source>
        <translation>Alt+%1</translation>
    </message>
    <message>
        <source>1 of %1</source>
        <translation>1 de %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>en %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::Composer</name>
    <message>
        <source>Message</source>
        <translation>Mensaje</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Adjuntar</translation>
    </message>
    <message>
        <source>Name files in the message (Ctrl+Shift+A)</source>
        <translation>Nombrar archivos en el mensaje (Ctrl+Mayús+A)</translation>
    </message>
    <message>
        <source>Tokens of the conversation as the model last read it</source>
        <translation>Tokens de la conversación en la última lectura del modelo</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Stop the answer; running tasks go on (Esc)</source>
        <translation>Detiene la respuesta; las tareas en curso siguen (Esc)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <source>Send (Enter). Shift+Enter starts a new line.</source>
        <translation>Enviar (Intro). Mayús+Intro empieza otra línea.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::DropTarget</name>
    <message>
        <source>Drop it here</source>
        <translation>Suéltalo aquí</translation>
    </message>
    <message>
        <source>A folder becomes the project; files are named in your message.</source>
        <translation>Una carpeta pasa a ser el proyecto; los archivos se nombran en tu mensaje.</translation>
    </message>
    <message>
        <source>Drop to work in “%1”</source>
        <translation>Suelta para trabajar en «%1»</translation>
    </message>
    <message>
        <source>The folder becomes the project.</source>
        <translation>La carpeta pasa a ser el proyecto.</translation>
    </message>
    <message>
        <source>This cannot be used</source>
        <translation>Esto no se puede usar</translation>
    </message>
    <message>
        <source>Drop to name the file in your message</source>
        <translation>Suelta para nombrar el archivo en tu mensaje</translation>
    </message>
    <message>
        <source>Drop to name the files in your message</source>
        <translation>Suelta para nombrar los archivos en tu mensaje</translation>
    </message>
    <message>
        <source>Only the path goes into the text; the model reads the file when it needs it.</source>
        <translation>Solo se escribe la ruta; el modelo lee el archivo cuando lo necesita.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ErrorRow</name>
    <message>
        <source>Open settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::FindBar</name>
    <message>
        <source>No match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::FirstRunPage</name>
    <message>
        <source>Open Folder…</source>
        <translation>Abrir carpeta…</translation>
    </message>
    <message>
        <source>Try one of these</source>
        <translation>Prueba con una de estas</translation>
    </message>
    <message>
        <source>Run &quot;sleep 5 &amp;&amp; echo done&quot; in the background, then create a file while it runs</source>
        <translation>Ejecuta &quot;sleep 5 &amp;&amp; echo done&quot; en segundo plano y luego crea un archivo mientras se ejecuta</translation>
    </message>
    <message>
        <source>Start 3 background tasks: &quot;sleep 2&quot;, &quot;sleep 4&quot;, &quot;sleep 6&quot;. Check their status.</source>
        <translation>Inicia 3 tareas en segundo plano: &quot;sleep 2&quot;, &quot;sleep 4&quot;, &quot;sleep 6&quot;. Comprueba su estado.</translation>
    </message>
    <message>
        <source>Run pytest in the background and keep working on other things</source>
        <translation>Ejecuta pytest en segundo plano y sigue trabajando en otras cosas</translation>
    </message>
    <message>
        <source>Puts this into the message; nothing is sent yet</source>
        <translation>Lo pone en el mensaje; aún no se envía nada</translation>
    </message>
    <message>
        <source>You are using the offline demo: a small scripted model. Connect a model to get real work done.</source>
        <translation>Estás usando la demostración sin conexión: un pequeño modelo con guion. Conecta un modelo para trabajar de verdad.</translation>
    </message>
    <message>
        <source>Connect a model…</source>
        <translation>Conectar un modelo…</translation>
    </message>
    <message>
        <source>Drop a folder here, or open one</source>
        <translation>Suelta una carpeta aquí o abre una</translation>
    </message>
    <message>
        <source>What shall be done in %1?</source>
        <translation>¿Qué hacemos en %1?</translation>
    </message>
    <message>
        <source>It becomes the project: the folder in which Meanwhile reads, writes and runs things.</source>
        <translation>Pasa a ser el proyecto: la carpeta en la que Meanwhile lee, escribe y ejecuta.</translation>
    </message>
    <message>
        <source>Slow commands run beside the conversation, and their results come back by themselves.</source>
        <translation>Los comandos lentos se ejecutan junto a la conversación y sus resultados vuelven solos.</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>Carpetas recientes</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::FolderButton</name>
    <message>
        <source>No project</source>
        <translation>Sin proyecto</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Abre una carpeta</translation>
    </message>
    <message>
        <source>Project %1</source>
        <translation>Proyecto %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::LogPane</name>
    <message>
        <source>Follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the newest line in sight (End)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in this log (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished">Detener</translation>
    </message>
    <message>
        <source>End this command and everything it started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show earlier output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read further back in this log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::LogView</name>
    <message>
        <source>Output of the selected task</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::MainWindow</name>
    <message>
        <source>The pasted text is too long for a message (%1 characters). Save it as a file and attach the file.</source>
        <translation>El texto pegado es demasiado largo para un mensaje (%1 caracteres). Guárdalo en un archivo y adjúntalo.</translation>
    </message>
    <message>
        <source>Open a folder first; Meanwhile works inside it.</source>
        <translation>Abre primero una carpeta; Meanwhile trabaja dentro de ella.</translation>
    </message>
    <message>
        <source>Open Folder…</source>
        <translation>Abrir carpeta…</translation>
    </message>
    <message>
        <source>%1 · Meanwhile</source>
        <translation>%1 · Meanwhile</translation>
    </message>
    <message>
        <source>Open a folder first: Meanwhile reads, writes and runs things inside it. Your message is kept.</source>
        <translation>Abre primero una carpeta: Meanwhile lee, escribe y ejecuta dentro de ella. Tu mensaje se conserva.</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>Abrir carpeta</translation>
    </message>
    <message>
        <source>Name files in the message</source>
        <translation>Nombrar archivos en el mensaje</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>Cerrar el aviso</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ModelMenu</name>
    <message>
        <source>Demo (offline)</source>
        <translation>Demostración (sin conexión)</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>Elige un modelo</translation>
    </message>
    <message>
        <source>Asking the provider for its models…</source>
        <translation>Pidiendo al proveedor sus modelos…</translation>
    </message>
    <message>
        <source>Connect a model…</source>
        <translation>Conectar un modelo…</translation>
    </message>
    <message>
        <source>Provider and key…</source>
        <translation>Proveedor y clave…</translation>
    </message>
    <message>
        <source>The provider lists no models; type the id</source>
        <translation>El proveedor no muestra modelos; escribe el identificador</translation>
    </message>
    <message>
        <source>Another model: type its id</source>
        <translation>Otro modelo: escribe su identificador</translation>
    </message>
    <message>
        <source>Model id</source>
        <translation>Identificador del modelo</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::Panel</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all %1 lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::QueuedRow</name>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the waiting message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdraw the waiting message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>◌ goes in with the next request</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::QuitQuestion</name>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>1 task is still running</source>
        <translation>1 tarea sigue en curso</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks are still running</source>
        <translation>
            <numerusform>%n tareas siguen en curso</numerusform>
            <numerusform>%n tareas siguen en curso</numerusform>
        </translation>
    </message>
    <message>
        <source>Kept running, they go on without the window and are found again at the next start, with how they ended.</source>
        <translation>Si siguen, continúan sin la ventana y se encuentran de nuevo en el próximo inicio, con su resultado.</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>Dejar en curso</translation>
    </message>
    <message>
        <source>Stop them</source>
        <translation>Detenerlas</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Stopping them now; the window closes when the last one has ended.</source>
        <translation>Deteniéndolas; la ventana se cierra cuando termine la última.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TaskDelegate</name>
    <message>
        <source>request %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on its way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exit 0</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TaskPanel</name>
    <message>
        <source>No task fits the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands that take long will appear here and run beside the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation type="unfinished">Tareas</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only some tasks (Ctrl+F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by command, output or state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter tasks by text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter tasks by state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished">Detener</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue in background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 queued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Delete again to stop it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TaskTable</name>
    <message>
        <source>Tasks</source>
        <translation type="unfinished">Tareas</translation>
    </message>
    <message>
        <source>Exit code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model told</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TextSurface</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 · Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy %1 code</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ThinkingRow</name>
    <message>
        <source>Thinking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thought</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is thinking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s thinking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TitleRow</name>
    <message>
        <source>Ask</source>
        <translation>Preguntar</translation>
    </message>
    <message>
        <source>Ask before commands</source>
        <translation>Preguntar antes de los comandos</translation>
    </message>
    <message>
        <source>Reads run; commands and writes ask first</source>
        <translation>Se lee sin preguntar; los comandos y las escrituras preguntan antes</translation>
    </message>
    <message>
        <source>Edits</source>
        <translation>Ediciones</translation>
    </message>
    <message>
        <source>Edit files, ask before commands</source>
        <translation>Editar archivos, preguntar antes de los comandos</translation>
    </message>
    <message>
        <source>Writes inside the project run too; commands ask first</source>
        <translation>También se escribe dentro del proyecto; los comandos preguntan antes</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Run everything in the project</source>
        <translation>Ejecutar todo en el proyecto</translation>
    </message>
    <message>
        <source>Nothing asks, except to leave the project folder</source>
        <translation>Nada pregunta, salvo para salir de la carpeta del proyecto</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>Solo lectura</translation>
    </message>
    <message>
        <source>Reads run; everything else is refused</source>
        <translation>Se lee; todo lo demás se rechaza</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menú</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>Menú (F10)</translation>
    </message>
    <message>
        <source>What runs without asking: %1</source>
        <translation>Qué se ejecuta sin preguntar: %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ToolRow</name>
    <message>
        <source>Continue in background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished">Detener</translation>
    </message>
    <message>
        <source>Show task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue %1 in background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the task %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TranscriptView</name>
    <message>
        <source>Jump to latest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation type="unfinished">Conversación</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::WindowActions</name>
    <message>
        <source>Open Folder…</source>
        <translation>Abrir carpeta…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Ajustes…</translation>
    </message>
    <message>
        <source>Task panel</source>
        <translation>Panel de tareas</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Pantalla completa</translation>
    </message>
    <message>
        <source>About Meanwhile</source>
        <translation>Acerca de Meanwhile</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Como el sistema</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Claro</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Oscuro</translation>
    </message>
    <message>
        <source>Meanwhile %1
A coding agent that keeps working while its commands run.</source>
        <translation>Meanwhile %1
Un agente de programación que sigue trabajando mientras se ejecutan sus comandos.</translation>
    </message>
    <message>
        <source>MIT licence. Icons: Lucide, ISC licence.</source>
        <translation>Licencia MIT. Iconos: Lucide, licencia ISC.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Wire</name>
    <message>
        <source>Nothing answers at %1. Check the address, and that the server is running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not found. Check the network connection and the address.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No secure connection to %1 could be made. Check the address and the computer&apos;s date; behind a proxy its certificate must be trusted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy did not let the request to %1 through. Check the proxy settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to %1 failed or broke off. Check the network, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Meanwhile::Wire::ReplyStream</name>
    <message>
        <source>%1 has been silent for too long. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModuleKeyStore</name>
    <message>
        <source>No keychain can be used on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
