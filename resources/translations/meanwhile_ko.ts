<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR" sourcelanguage="en">
<context>
    <name>ConversationState</name>
    <message>
        <source>1 task</source>
        <translation>작업 1개</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks</source>
        <translation>
            <numerusform>작업 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Message Meanwhile. It is waiting for %1 and your answer.</source>
        <translation>Meanwhile에 메시지를 쓰세요. %1와 당신의 답을 기다리고 있습니다.</translation>
    </message>
    <message>
        <source>Message Meanwhile. It is waiting for your answer.</source>
        <translation>Meanwhile에 메시지를 쓰세요. 당신의 답을 기다리고 있습니다.</translation>
    </message>
    <message>
        <source>Message Meanwhile. It is working; your words go in with its next request.</source>
        <translation>Meanwhile에 메시지를 쓰세요. 작업 중이며, 다음 요청에 함께 보냅니다.</translation>
    </message>
    <message>
        <source>Message Meanwhile. It is waiting for %1.</source>
        <translation>Meanwhile에 메시지를 쓰세요. %1를 기다리고 있습니다.</translation>
    </message>
    <message>
        <source>Message Meanwhile. It is waiting for you.</source>
        <translation>Meanwhile에 메시지를 쓰세요. 당신을 기다리고 있습니다.</translation>
    </message>
    <message>
        <source>1 task running</source>
        <translation>작업 1개 실행 중</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks running</source>
        <translation>
            <numerusform>작업 %n개 실행 중</numerusform>
        </translation>
    </message>
    <message>
        <source>Waiting for your answer</source>
        <translation>답을 기다리는 중</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>작업 중</translation>
    </message>
    <message>
        <source>Waiting for %1</source>
        <translation>%1를 기다리는 중</translation>
    </message>
    <message>
        <source>%1 tokens in · %2 out</source>
        <translation>입력 토큰 %1 · 출력 %2</translation>
    </message>
    <message>
        <source>%1 · %2 % cached</source>
        <translation>%1 · 캐시 %2 %</translation>
    </message>
    <message>
        <source>Context %1</source>
        <translation>컨텍스트 %1</translation>
    </message>
</context>
<context>
    <name>DroppedItems</name>
    <message>
        <source>“%1” is not a file on this computer. Save it here first, then drop the saved file.</source>
        <translation>“%1”은(는) 이 컴퓨터의 파일이 아닙니다. 먼저 저장한 다음 저장한 파일을 놓으세요.</translation>
    </message>
    <message>
        <source>“%1” is not there any more. Drop it again from where it is now.</source>
        <translation>“%1”이(가) 더 이상 그곳에 없습니다. 지금 있는 곳에서 다시 놓으세요.</translation>
    </message>
    <message>
        <source>You may not read the folder “%1”. Change its permissions, or drop another one.</source>
        <translation>폴더 “%1”을(를) 읽을 권한이 없습니다. 권한을 바꾸거나 다른 폴더를 놓으세요.</translation>
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
        <translation type="unfinished">실행</translation>
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
        <translation type="unfinished">읽기</translation>
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
        <translation type="unfinished">중지</translation>
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
        <translation>대화와 작업</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>작업</translation>
    </message>
    <message>
        <source>Tasks (%1)</source>
        <translation>작업 (%1)</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ApprovalBar</name>
    <message>
        <source>Read outside the project?</source>
        <translation>프로젝트 밖의 파일을 읽을까요?</translation>
    </message>
    <message>
        <source>Read this file?</source>
        <translation>이 파일을 읽을까요?</translation>
    </message>
    <message>
        <source>Write outside the project?</source>
        <translation>프로젝트 밖에 쓸까요?</translation>
    </message>
    <message>
        <source>Write this file?</source>
        <translation>이 파일을 쓸까요?</translation>
    </message>
    <message>
        <source>Stop this task?</source>
        <translation>이 작업을 중지할까요?</translation>
    </message>
    <message>
        <source>Run this command?</source>
        <translation>이 명령을 실행할까요?</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>읽기</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>쓰기</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>실행</translation>
    </message>
    <message>
        <source>Exactly this</source>
        <translation>정확한 내용</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>거부</translation>
    </message>
    <message>
        <source>Allow for session</source>
        <translation>이 세션 동안 허용</translation>
    </message>
    <message>
        <source>Alt+%1</source>
        <translation>Alt+%1</translation>
    </message>
    <message>
        <source>1 of %1</source>
        <translation>%1개 중 1번째</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>%1에서</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::Composer</name>
    <message>
        <source>Message</source>
        <translation>메시지</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>첨부</translation>
    </message>
    <message>
        <source>Name files in the message (Ctrl+Shift+A)</source>
        <translation>메시지에 파일 경로 넣기 (Ctrl+Shift+A)</translation>
    </message>
    <message>
        <source>Tokens of the conversation as the model last read it</source>
        <translation>모델이 마지막으로 읽은 대화의 토큰 수</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Stop the answer; running tasks go on (Esc)</source>
        <translation>응답을 중지합니다. 실행 중인 작업은 계속됩니다 (Esc)</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>보내기</translation>
    </message>
    <message>
        <source>Send (Enter). Shift+Enter starts a new line.</source>
        <translation>보내기 (Enter). Shift+Enter는 줄을 바꿉니다.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::DropTarget</name>
    <message>
        <source>Drop it here</source>
        <translation>여기에 놓으세요</translation>
    </message>
    <message>
        <source>A folder becomes the project; files are named in your message.</source>
        <translation>폴더는 프로젝트가 되고, 파일은 메시지에 경로로 들어갑니다.</translation>
    </message>
    <message>
        <source>Drop to work in “%1”</source>
        <translation>놓으면 “%1”에서 작업합니다</translation>
    </message>
    <message>
        <source>The folder becomes the project.</source>
        <translation>이 폴더가 프로젝트가 됩니다.</translation>
    </message>
    <message>
        <source>This cannot be used</source>
        <translation>사용할 수 없습니다</translation>
    </message>
    <message>
        <source>Drop to name the file in your message</source>
        <translation>놓으면 파일 경로가 메시지에 들어갑니다</translation>
    </message>
    <message>
        <source>Drop to name the files in your message</source>
        <translation>놓으면 파일 경로들이 메시지에 들어갑니다</translation>
    </message>
    <message>
        <source>Only the path goes into the text; the model reads the file when it needs it.</source>
        <translation>경로만 들어가며, 모델은 필요할 때 파일을 읽습니다.</translation>
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
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Try one of these</source>
        <translation>이 중 하나를 해 보세요</translation>
    </message>
    <message>
        <source>Run &quot;sleep 5 &amp;&amp; echo done&quot; in the background, then create a file while it runs</source>
        <translation>&quot;sleep 5 &amp;&amp; echo done&quot;을 백그라운드에서 실행하고, 실행되는 동안 파일을 만들어 줘</translation>
    </message>
    <message>
        <source>Start 3 background tasks: &quot;sleep 2&quot;, &quot;sleep 4&quot;, &quot;sleep 6&quot;. Check their status.</source>
        <translation>백그라운드 작업 3개를 시작해 줘: &quot;sleep 2&quot;, &quot;sleep 4&quot;, &quot;sleep 6&quot;. 상태를 확인해 줘.</translation>
    </message>
    <message>
        <source>Run pytest in the background and keep working on other things</source>
        <translation>pytest를 백그라운드에서 실행하고 다른 일을 계속해 줘</translation>
    </message>
    <message>
        <source>Puts this into the message; nothing is sent yet</source>
        <translation>메시지에 넣습니다. 아직 보내지 않습니다</translation>
    </message>
    <message>
        <source>You are using the offline demo: a small scripted model. Connect a model to get real work done.</source>
        <translation>지금은 오프라인 데모, 정해진 대본의 작은 모델입니다. 실제 일을 하려면 모델을 연결하세요.</translation>
    </message>
    <message>
        <source>Connect a model…</source>
        <translation>모델 연결…</translation>
    </message>
    <message>
        <source>Drop a folder here, or open one</source>
        <translation>여기에 폴더를 놓거나 폴더를 여세요</translation>
    </message>
    <message>
        <source>What shall be done in %1?</source>
        <translation>%1에서 무엇을 할까요?</translation>
    </message>
    <message>
        <source>It becomes the project: the folder in which Meanwhile reads, writes and runs things.</source>
        <translation>그 폴더가 프로젝트가 됩니다. Meanwhile은 그 안에서 읽고, 쓰고, 실행합니다.</translation>
    </message>
    <message>
        <source>Slow commands run beside the conversation, and their results come back by themselves.</source>
        <translation>느린 명령은 대화 옆에서 실행되고, 결과는 저절로 돌아옵니다.</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>최근 폴더</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::FolderButton</name>
    <message>
        <source>No project</source>
        <translation>프로젝트 없음</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Project %1</source>
        <translation>프로젝트 %1</translation>
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
        <translation type="unfinished">중지</translation>
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
        <translation>붙여 넣은 글이 메시지로는 너무 깁니다(%1자). 파일로 저장한 뒤 첨부하세요.</translation>
    </message>
    <message>
        <source>Open a folder first; Meanwhile works inside it.</source>
        <translation>먼저 폴더를 여세요. Meanwhile은 그 안에서 일합니다.</translation>
    </message>
    <message>
        <source>Open Folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>%1 · Meanwhile</source>
        <translation>%1 · Meanwhile</translation>
    </message>
    <message>
        <source>Open a folder first: Meanwhile reads, writes and runs things inside it. Your message is kept.</source>
        <translation>먼저 폴더를 여세요. Meanwhile은 그 안에서 읽고, 쓰고, 실행합니다. 메시지는 그대로 남아 있습니다.</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>폴더 열기</translation>
    </message>
    <message>
        <source>Name files in the message</source>
        <translation>메시지에 파일 경로 넣기</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>알림 닫기</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ModelMenu</name>
    <message>
        <source>Demo (offline)</source>
        <translation>데모 (오프라인)</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>모델 선택</translation>
    </message>
    <message>
        <source>Asking the provider for its models…</source>
        <translation>제공자에게 모델 목록을 요청하는 중…</translation>
    </message>
    <message>
        <source>Connect a model…</source>
        <translation>모델 연결…</translation>
    </message>
    <message>
        <source>Provider and key…</source>
        <translation>제공자와 키…</translation>
    </message>
    <message>
        <source>The provider lists no models; type the id</source>
        <translation>제공자가 모델을 알려 주지 않습니다. ID를 입력하세요</translation>
    </message>
    <message>
        <source>Another model: type its id</source>
        <translation>다른 모델: ID 입력</translation>
    </message>
    <message>
        <source>Model id</source>
        <translation>모델 ID</translation>
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
        <translation>종료</translation>
    </message>
    <message>
        <source>1 task is still running</source>
        <translation>작업 1개가 아직 실행 중입니다</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks are still running</source>
        <translation>
            <numerusform>작업 %n개가 아직 실행 중입니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Kept running, they go on without the window and are found again at the next start, with how they ended.</source>
        <translation>계속 실행하면 창 없이 이어지고, 다음에 시작할 때 어떻게 끝났는지와 함께 다시 나타납니다.</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>계속 실행</translation>
    </message>
    <message>
        <source>Stop them</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Stopping them now; the window closes when the last one has ended.</source>
        <translation>중지하는 중입니다. 마지막 작업이 끝나면 창이 닫힙니다.</translation>
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
        <translation type="unfinished">작업</translation>
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
        <translation type="unfinished">중지</translation>
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
        <translation type="unfinished">작업</translation>
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
        <translation>묻기</translation>
    </message>
    <message>
        <source>Ask before commands</source>
        <translation>명령 전에 묻기</translation>
    </message>
    <message>
        <source>Reads run; commands and writes ask first</source>
        <translation>읽기는 바로, 명령과 쓰기는 먼저 묻습니다</translation>
    </message>
    <message>
        <source>Edits</source>
        <translation>편집</translation>
    </message>
    <message>
        <source>Edit files, ask before commands</source>
        <translation>파일은 편집, 명령은 묻기</translation>
    </message>
    <message>
        <source>Writes inside the project run too; commands ask first</source>
        <translation>프로젝트 안의 쓰기도 바로, 명령은 먼저 묻습니다</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>자동</translation>
    </message>
    <message>
        <source>Run everything in the project</source>
        <translation>프로젝트 안에서는 모두 실행</translation>
    </message>
    <message>
        <source>Nothing asks, except to leave the project folder</source>
        <translation>프로젝트 폴더를 벗어날 때만 묻습니다</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>계획</translation>
    </message>
    <message>
        <source>Read only</source>
        <translation>읽기 전용</translation>
    </message>
    <message>
        <source>Reads run; everything else is refused</source>
        <translation>읽기만 하고 나머지는 거절합니다</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>메뉴</translation>
    </message>
    <message>
        <source>Menu (F10)</source>
        <translation>메뉴 (F10)</translation>
    </message>
    <message>
        <source>What runs without asking: %1</source>
        <translation>묻지 않고 실행하는 것: %1</translation>
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
        <translation type="unfinished">중지</translation>
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
        <translation type="unfinished">대화</translation>
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
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>설정…</translation>
    </message>
    <message>
        <source>Task panel</source>
        <translation>작업 패널</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>전체 화면</translation>
    </message>
    <message>
        <source>About Meanwhile</source>
        <translation>Meanwhile 정보</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템과 같게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Meanwhile %1
A coding agent that keeps working while its commands run.</source>
        <translation>Meanwhile %1
명령이 실행되는 동안에도 계속 일하는 코딩 에이전트.</translation>
    </message>
    <message>
        <source>MIT licence. Icons: Lucide, ISC licence.</source>
        <translation>MIT 라이선스. 아이콘: Lucide, ISC 라이선스.</translation>
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
