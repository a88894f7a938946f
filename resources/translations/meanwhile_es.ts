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
        <source>Working… Your message will be sent with the next step.</source>
        <translation>Trabajando… Tu mensaje se enviará con el siguiente paso.</translation>
    </message>
    <message>
        <source>Message Meanwhile. It is waiting for %1.</source>
        <translation>Escribe a Meanwhile. Espera %1.</translation>
    </message>
    <message>
        <source>Message Meanwhile</source>
        <translation>Escribe a Meanwhile</translation>
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
        <source>Retrying… Your message will be sent with the next attempt.</source>
        <translation>Reintentando… Tu mensaje se enviará con el próximo intento.</translation>
    </message>
    <message>
        <source>Waiting to try again</source>
        <translation>Esperando para volver a intentarlo</translation>
    </message>
    <message>
        <source>Turn %1   Session %2</source>
        <translation>Turno %1   Sesión %2</translation>
    </message>
    <message>
        <source>Copying the project&apos;s files, %1 of %2</source>
        <translation>Copiando los archivos del proyecto, %1 de %2</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Detenido</translation>
    </message>
    <message>
        <source>Session %1</source>
        <translation>Sesión %1</translation>
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
        <source>You do not have permission to read the folder “%1”. Change its permissions, or drop another one.</source>
        <translation>No tienes permiso para leer la carpeta «%1». Cambia sus permisos o suelta otra.</translation>
    </message>
</context>
<context>
    <name>KeyStore</name>
    <message>
        <source>The keychain does not answer. Unlock it and try again.</source>
        <translation>El llavero no responde. Desbloquéalo e inténtalo de nuevo.</translation>
    </message>
</context>
<context>
    <name>KeychainStore</name>
    <message>
        <source>The keychain refused.</source>
        <translation>El llavero se ha negado.</translation>
    </message>
</context>
<context>
    <name>LogTail</name>
    <message>
        <source>[… %1 left out …]</source>
        <translation>[… se han omitido %1 …]</translation>
    </message>
</context>
<context>
    <name>Meanwhile</name>
    <message>
        <source>“%1” is not a header. Write one on each line, as Name: value.</source>
        <translation>«%1» no es una cabecera. Escribe una por línea, como Nombre: valor.</translation>
    </message>
    <message>
        <source>“%1” is set by Meanwhile itself. Take that line out.</source>
        <translation>«%1» la pone Meanwhile. Quita esa línea.</translation>
    </message>
    <message>
        <source>“%1” looks like a secret, and headers are kept in the settings. Write {key} for its value and enter the secret as the key.</source>
        <translation>«%1» parece un secreto, y las cabeceras se guardan en los ajustes. Escribe {key} como valor e introduce el secreto como clave.</translation>
    </message>
    <message>
        <source>Give the provider a name.</source>
        <translation>Pon un nombre al proveedor.</translation>
    </message>
    <message>
        <source>Another provider is named “%1”. Choose a different name.</source>
        <translation>Otro proveedor se llama «%1». Elige otro nombre.</translation>
    </message>
    <message>
        <source>Enter the provider&apos;s address, such as https://host/v1.</source>
        <translation>Escribe la dirección del proveedor, como https://host/v1.</translation>
    </message>
    <message>
        <source>The address must look like https://host/path.</source>
        <translation>La dirección debe ser como https://host/ruta.</translation>
    </message>
    <message>
        <source>Nothing can be kept, as %1 cannot be written (%2): this conversation is lost at the end. Set MEANWHILE_HOME to a folder that you can write to, and start again.</source>
        <translation>No se puede guardar nada porque no se puede escribir en %1 (%2): esta conversación se perderá al final. Indica en MEANWHILE_HOME una carpeta en la que puedas escribir y vuelve a empezar.</translation>
    </message>
    <message>
        <source>The folder %1 belongs to another user, who could read and change what is kept there. Set MEANWHILE_HOME to a folder of your own.</source>
        <translation>La carpeta %1 pertenece a otro usuario, que podría leer y cambiar lo que se guarda en ella. Indica en MEANWHILE_HOME una carpeta propia.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Agent</name>
    <message>
        <source>The conversation does not fit this model any more, even without older tool outputs. Choose a model with a larger context window in Settings and try again, or start a new conversation.</source>
        <translation>La conversación ya no cabe en este modelo, ni siquiera sin las salidas antiguas de herramientas. Elige en los ajustes un modelo con una ventana de contexto mayor y vuelve a intentarlo, o empieza una conversación nueva.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Agent::Compactor</name>
    <message>
        <source>The model gave no summary of the conversation. Try again, or choose another model.</source>
        <translation>El modelo no ha dado ningún resumen de la conversación. Vuelve a intentarlo o elige otro modelo.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::App</name>
    <message>
        <source>No window: run one prompt and print the answer (&quot;-&quot; reads standard input).</source>
        <translation>Sin ventana: ejecuta una petición y escribe la respuesta («-» lee la entrada estándar).</translation>
    </message>
    <message>
        <source>With -p: text, json or stream-json.</source>
        <translation>Con -p: text, json o stream-json.</translation>
    </message>
    <message>
        <source>anthropic, openai, demo, or one of your own by its name in Settings; by default what has a key, else demo.</source>
        <translation>anthropic, openai, demo o uno propio por su nombre en Ajustes; de forma predeterminada, el que tenga clave, y si no, demo.</translation>
    </message>
    <message>
        <source>The model&apos;s id, as the provider names it.</source>
        <translation>El identificador del modelo, tal como lo llama el proveedor.</translation>
    </message>
    <message>
        <source>Another address for the provider.</source>
        <translation>Otra dirección para el proveedor.</translation>
    </message>
    <message>
        <source>box, ask, edits, auto or plan. With -p, what would ask is refused.</source>
        <translation>box, ask, edits, auto o plan. Con -p, lo que preguntaría se rechaza.</translation>
    </message>
    <message>
        <source>With -p: end with the turn, also while tasks still run.</source>
        <translation>Con -p: termina con el turno, aunque queden tareas en curso.</translation>
    </message>
    <message>
        <source>With -p: at most so many requests to the model.</source>
        <translation>Con -p: como máximo, este número de peticiones al modelo.</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>Muestra esta ayuda.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Muestra la versión.</translation>
    </message>
    <message>
        <source>The project folder; by default the current one with -p.</source>
        <translation>La carpeta del proyecto; con -p, la actual si no se indica otra.</translation>
    </message>
    <message>
        <source>See meanwhile --help.</source>
        <translation>Consulta meanwhile --help.</translation>
    </message>
    <message>
        <source>%1 could not be started. Please reinstall Meanwhile.</source>
        <translation>No se pudo iniciar %1. Vuelve a instalar Meanwhile.</translation>
    </message>
    <message>
        <source>The folder %1 does not exist. Choose another one.</source>
        <translation>La carpeta %1 no existe. Elige otra.</translation>
    </message>
    <message>
        <source>%1 is not a folder. Choose the folder it is in.</source>
        <translation>%1 no es una carpeta. Elige la carpeta que lo contiene.</translation>
    </message>
    <message>
        <source>The folder %1 cannot be read. Change its permissions or choose another one.</source>
        <translation>No se puede leer la carpeta %1. Cambia sus permisos o elige otra.</translation>
    </message>
    <message>
        <source>%1 Retrying in %3 s (attempt %2).</source>
        <translation>%1 Reintentando en %3 s (intento %2).</translation>
    </message>
    <message>
        <source>There is no provider “%1”. These exist: %2.</source>
        <translation>No existe el proveedor «%1». Existen: %2.</translation>
    </message>
    <message>
        <source>%1 is a place where keys, passwords or Meanwhile&apos;s own files are kept. The agent asks before it reads or changes anything there.</source>
        <translation>%1 es un lugar donde se guardan claves, contraseñas o archivos propios de Meanwhile. El agente pregunta antes de leer o cambiar algo allí.</translation>
    </message>
    <message>
        <source>%1 holds more than a project: keys, passwords or Meanwhile&apos;s own files are in it. The agent asks before it touches those. Better open the folder of the project itself.</source>
        <translation>%1 contiene más que un proyecto: hay en ella claves, contraseñas o archivos propios de Meanwhile. El agente pregunta antes de tocarlos. Es mejor abrir la carpeta del proyecto mismo.</translation>
    </message>
    <message>
        <source>The project folder %1 was moved, replaced or removed. Nothing is read, written or run there until it is back or you open it again.</source>
        <translation>La carpeta del proyecto %1 se movió, se reemplazó o se eliminó. No se lee, escribe ni ejecuta nada allí hasta que vuelva o la abras de nuevo.</translation>
    </message>
    <message>
        <source>The variable %1 has a line break or another invisible character in it and is not used. Set it again, without that character.</source>
        <translation>La variable %1 contiene un salto de línea u otro carácter invisible y no se usa. Vuelve a definirla sin ese carácter.</translation>
    </message>
    <message>
        <source>Not everything was saved. %1 Closing the window again gives up what is not.</source>
        <translation>No se guardó todo. %1 Si cierras la ventana otra vez, se pierde lo que no está guardado.</translation>
    </message>
    <message>
        <source>The folder %1 has a name that is not UTF-8, so it cannot be opened. Rename it, or open it through a symbolic link that has another name.</source>
        <translation>La carpeta %1 tiene un nombre que no está en UTF-8, así que no se puede abrir. Cámbiale el nombre o ábrela mediante un enlace simbólico con otro nombre.</translation>
    </message>
    <message>
        <source>%1 has a NUL character in it, which no folder has. Choose another one.</source>
        <translation>%1 contiene un carácter NUL, que ninguna carpeta puede tener. Elija otra.</translation>
    </message>
    <message>
        <source>%1 is not the address of a folder on this computer. Give the folder&apos;s path.</source>
        <translation>%1 no es la dirección de una carpeta de este equipo. Indique la ruta de la carpeta.</translation>
    </message>
    <message>
        <source>%1 is longer than the name of a folder can be. Choose another one.</source>
        <translation>%1 es más largo de lo que puede ser el nombre de una carpeta. Elija otra.</translation>
    </message>
    <message>
        <source>The answer could not be written to standard output: %1.</source>
        <translation>No se pudo escribir la respuesta en la salida estándar: %1.</translation>
    </message>
    <message>
        <source>The current folder was removed. Go to the project&apos;s folder, then start Meanwhile again.</source>
        <translation>La carpeta actual fue eliminada. Ve a la carpeta del proyecto y vuelve a iniciar Meanwhile.</translation>
    </message>
    <message>
        <source>Open the window and send this at once. Without FOLDER it is put into the message field of the last session.</source>
        <translation>Abre la ventana y envía esto de inmediato. Sin FOLDER se pone en el campo de mensaje de la última sesión.</translation>
    </message>
    <message>
        <source>--%1 is given more than once.</source>
        <translation>--%1 aparece más de una vez.</translation>
    </message>
    <message>
        <source>Give either --continue or --resume.</source>
        <translation>Indica --continue o --resume, no ambos.</translation>
    </message>
    <message>
        <source>--%1 is for a run without a window; give -p as well.</source>
        <translation>--%1 es para ejecutar sin ventana; indica también -p.</translation>
    </message>
    <message>
        <source>--send opens a window and -p opens none; give one of them.</source>
        <translation>--send abre una ventana y -p no; indica solo uno.</translation>
    </message>
    <message>
        <source>Continue the newest session of this folder.</source>
        <translation>Continúa la sesión más reciente de esta carpeta.</translation>
    </message>
    <message>
        <source>Continue this session.</source>
        <translation>Continúa esta sesión.</translation>
    </message>
    <message>
        <source>--resume needs the id of a session.</source>
        <translation>--resume necesita el identificador de una sesión.</translation>
    </message>
    <message>
        <source>With -p: on, off or require. Off: commands run with all that you may do. Require: nothing runs where no box can be built.</source>
        <translation>Con -p: on, off o require. Off: los comandos pueden hacer todo lo que puedes hacer tú. Require: no se ejecuta nada donde no se pueda crear el recinto.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::App::CommandLine</name>
    <message>
        <source>Only one folder can be opened, but these were given: %1.</source>
        <translation>Solo se puede abrir una carpeta, pero se han indicado estas: %1.</translation>
    </message>
    <message>
        <source>There is no output format “%1”; text, json and stream-json exist.</source>
        <translation>No existe el formato de salida «%1»; existen text, json y stream-json.</translation>
    </message>
    <message>
        <source>There is no permission mode “%1”; box, ask, edits, auto and plan exist.</source>
        <translation>No existe el modo de permisos «%1»; existen box, ask, edits, auto y plan.</translation>
    </message>
    <message>
        <source>--max-turns takes a whole number from 1, not “%1”.</source>
        <translation>--max-turns admite un número entero a partir de 1, no «%1».</translation>
    </message>
    <message>
        <source>Meanwhile, a coding agent that keeps working while its commands run.</source>
        <translation>Meanwhile, un agente de programación que sigue trabajando mientras se ejecutan sus comandos.</translation>
    </message>
    <message>
        <source>The name of the folder is empty. Leave it out for the current folder.</source>
        <translation>El nombre de la carpeta está vacío. Omítalo para usar la carpeta actual.</translation>
    </message>
    <message>
        <source>--box takes on, off or require, not “%1”.</source>
        <translation>--box admite on, off o require, no «%1».</translation>
    </message>
</context>
<context>
    <name>Meanwhile::App::HeadlessRun</name>
    <message>
        <source>There is nothing to send: the prompt is empty. Write it after -p, or give &quot;-&quot; and standard input.</source>
        <translation>No hay nada que enviar: la petición está vacía. Escríbela después de -p, o usa «-» y la entrada estándar.</translation>
    </message>
    <message>
        <source>Settings were changed outside Meanwhile and are not in use: %1. Open the window to use them or to put them back.</source>
        <translation>Los ajustes se cambiaron fuera de Meanwhile y no se usan: %1. Abre la ventana para usarlos o restablecerlos.</translation>
    </message>
    <message>
        <source>The folder of this session, %1, is not there or cannot be read. Name the folder where the project is now: meanwhile -p --resume %2 FOLDER</source>
        <translation>La carpeta de esta sesión, %1, no está o no se puede leer. Indica la carpeta donde está ahora el proyecto: meanwhile -p --resume %2 CARPETA</translation>
    </message>
    <message>
        <source>The agent has reached its hourly limit of wake-ups, and results still wait for it. Continue with --continue.</source>
        <translation>El agente alcanzó su límite de activaciones por hora y aún le esperan resultados. Continúa con --continue.</translation>
    </message>
    <message>
        <source>Not all of this conversation was saved.</source>
        <translation>No se guardó toda esta conversación.</translation>
    </message>
    <message>
        <source>A stored key is not used by a Meanwhile that a command of Meanwhile&apos;s started. Set the key&apos;s variable for that command, or start it from outside.</source>
        <translation>Un Meanwhile iniciado por un comando de Meanwhile no usa ninguna clave guardada. Define la variable de la clave para ese comando o inícialo desde fuera.</translation>
    </message>
    <message>
        <source>Commands cannot be kept in a box here: %1</source>
        <translation>Aquí los comandos no se pueden ejecutar en un recinto: %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::App::WindowProgram</name>
    <message>
        <source>Demo (offline)</source>
        <translation>Demostración (sin conexión)</translation>
    </message>
    <message>
        <source>Settings were changed outside Meanwhile: %1. They are not in use yet.</source>
        <translation>Los ajustes se cambiaron fuera de Meanwhile: %1. Todavía no se usan.</translation>
    </message>
    <message>
        <source>Use Them</source>
        <translation>Usarlos</translation>
    </message>
    <message>
        <source>Put Back</source>
        <translation>Restablecer</translation>
    </message>
    <message>
        <source>The window that is open takes no requests from a command that Meanwhile runs. Start it from outside.</source>
        <translation>La ventana abierta no acepta peticiones de un comando que ejecuta Meanwhile. Iníciala desde fuera.</translation>
    </message>
    <message>
        <source>Meanwhile is already open, so %1 has no effect. Choose it in the window, or quit Meanwhile first.</source>
        <translation>Meanwhile ya está abierto, así que %1 no tiene efecto. Elígelo en la ventana o cierra Meanwhile primero.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::App::WindowSessions</name>
    <message>
        <source>There is no message here yet to start a session from.</source>
        <translation>Aquí aún no hay ningún mensaje desde el que empezar una sesión.</translation>
    </message>
    <message>
        <source>The folder %1 is missing. You can read this session; to continue it, choose where its project is now.</source>
        <translation>La carpeta %1 no está. Puedes leer esta sesión; para continuarla, elige dónde está ahora su proyecto.</translation>
    </message>
    <message>
        <source>Stop this project&apos;s sessions before choosing its new location.</source>
        <translation>Detén las sesiones de este proyecto antes de elegir su nueva ubicación.</translation>
    </message>
    <message>
        <source>A task or an answer of this session is still running. Stop it there first, then delete the session.</source>
        <translation>Una tarea o una respuesta de esta sesión sigue en marcha. Detenla ahí primero y luego elimina la sesión.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Checkpoints</name>
    <message>
        <source>The copy of the files could not be saved, because the disk is full. Free some space, then try again.</source>
        <translation>No se ha podido guardar la copia de los archivos porque el disco está lleno. Libera espacio e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>This copy of the files is no longer kept. Choose a newer one.</source>
        <translation>Esta copia de los archivos ya no se conserva. Elige una más reciente.</translation>
    </message>
    <message>
        <source>Copies of files need the module libmw_git, which is missing. Please reinstall Meanwhile.</source>
        <translation>Las copias de archivos necesitan el módulo libmw_git, que falta. Instala el programa de nuevo.</translation>
    </message>
    <message>
        <source>The folder for copies of files could not be used: %1. Check the disk and the permissions there, then try again.</source>
        <translation>No se ha podido usar la carpeta de las copias de archivos: %1. Comprueba el disco y los permisos e inténtalo de nuevo.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Checkpoints::SessionCheckpoints</name>
    <message>
        <source>No copy of the files was made before this message: reading them took too long.</source>
        <translation>No se hizo copia de los archivos antes de este mensaje: leerlos llevó demasiado tiempo.</translation>
    </message>
    <message>
        <source>No copy of the files as they were then is kept.</source>
        <translation>No se conserva ninguna copia de los archivos tal como estaban entonces.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Checkpoints::Restoration</name>
    <message>
        <source>Stopped before all files were restored.</source>
        <translation>Detenido antes de restaurar todos los archivos.</translation>
    </message>
    <message>
        <source>It has just changed, so it was left alone.</source>
        <translation>Acaba de cambiar, así que no se ha tocado.</translation>
    </message>
    <message>
        <source>The disk is full. Free some space, then restore again.</source>
        <translation>El disco está lleno. Libera espacio y restaura de nuevo.</translation>
    </message>
    <message>
        <source>Permission denied. Change the permissions, then restore again.</source>
        <translation>Permiso denegado. Cambia los permisos y restaura de nuevo.</translation>
    </message>
    <message>
        <source>It could not be restored: %1</source>
        <translation>No se ha podido restaurar: %1</translation>
    </message>
    <message>
        <source>A folder with files that no copy holds is there, so it was left alone.</source>
        <translation>Hay ahí una carpeta con archivos que ninguna copia contiene, así que no se ha tocado.</translation>
    </message>
    <message>
        <source>It could not be kept as it is now, so it was left alone. Move it away, then restore again.</source>
        <translation>No se ha podido guardar tal como está ahora, así que no se ha tocado. Muévelo a otro sitio y restaura de nuevo.</translation>
    </message>
    <message>
        <source>Something that was not chosen is in its place, so it was left alone.</source>
        <translation>En su lugar hay algo que no elegiste, así que no se tocó.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Conversation</name>
    <message>
        <source>Image (%1, %2)</source>
        <translation>Imagen (%1, %2)</translation>
    </message>
    <message>
        <source>Image %1 (%2, %3)</source>
        <translation>Imagen %1 (%2, %3)</translation>
    </message>
    <message>
        <source>It failed:</source>
        <translation>Ha fallado:</translation>
    </message>
    <message>
        <source>Nothing came back</source>
        <translation>No ha devuelto nada</translation>
    </message>
    <message>
        <source>No result</source>
        <translation>Sin resultado</translation>
    </message>
    <message>
        <source>From here on the model is not sent something that the provider refused</source>
        <translation>Desde aquí no se envía al modelo algo que el proveedor ha rechazado</translation>
    </message>
    <message>
        <source>From here on the model is not sent what tools answered earlier</source>
        <translation>Desde aquí no se envían al modelo las respuestas anteriores de las herramientas</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sesión</translation>
    </message>
    <message>
        <source>Project: %1</source>
        <translation>Proyecto: %1</translation>
    </message>
    <message>
        <source>A restore was undone; files: %1</source>
        <translation>Se deshizo una restauración; archivos: %1</translation>
    </message>
    <message>
        <source>Files were restored to how they were before an earlier message; files: %1</source>
        <translation>Se restauraron archivos a como estaban antes de un mensaje anterior; archivos: %1</translation>
    </message>
    <message>
        <source>From here on the model is not sent long arguments and long messages that came earlier</source>
        <translation>A partir de aquí no se envían al modelo los argumentos largos y los mensajes largos anteriores</translation>
    </message>
    <message>
        <source>1 result sent to the model</source>
        <translation>1 resultado enviado al modelo</translation>
    </message>
    <message>
        <source>%1 results sent to the model</source>
        <translation>%1 resultados enviados al modelo</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Conversation::Ending</name>
    <message>
        <source>The model declined to go on with this request.</source>
        <translation>El modelo se negó a continuar con esta petición.</translation>
    </message>
    <message>
        <source>The provider&apos;s filter ended the answer (%1). Word the request in another way, or choose another model.</source>
        <translation>El filtro del proveedor terminó la respuesta (%1). Formula la petición de otra manera o elige otro modelo.</translation>
    </message>
    <message>
        <source>The reply hit the length limit before it said anything.</source>
        <translation>La respuesta alcanzó el límite de longitud antes de decir nada.</translation>
    </message>
    <message>
        <source>The reply hit the length limit.</source>
        <translation>La respuesta alcanzó el límite de longitud.</translation>
    </message>
    <message>
        <source>The server ended the answer at a stop sequence, so it may be incomplete.</source>
        <translation>El servidor terminó la respuesta en una secuencia de parada; puede estar incompleta.</translation>
    </message>
    <message>
        <source>The answer ended without saying why, so it may be incomplete.</source>
        <translation>La respuesta terminó sin decir por qué; puede estar incompleta.</translation>
    </message>
    <message>
        <source>The answer ended for a reason that is not known here (%1), so it may be incomplete.</source>
        <translation>La respuesta terminó por un motivo que aquí no se conoce (%1); puede estar incompleta.</translation>
    </message>
    <message>
        <source>The model meant to call a tool, but its answer holds no call. Try again; where that does not help, the server does not read this model&apos;s calls.</source>
        <translation>El modelo quería llamar a una herramienta, pero su respuesta no contiene ninguna llamada. Inténtalo de nuevo; si no ayuda, el servidor no lee las llamadas de este modelo.</translation>
    </message>
    <message>
        <source>The answer was empty: the model said nothing and called no tool. Try again, or choose another model.</source>
        <translation>La respuesta estaba vacía: el modelo no dijo nada ni llamó a ninguna herramienta. Inténtalo de nuevo o elige otro modelo.</translation>
    </message>
    <message>
        <source>The model wrote a call of a tool as text, so nothing was run: the server&apos;s tool parser is off, or does not know this model. Start the server with it (llama.cpp: --jinja; vLLM: --enable-auto-tool-choice and --tool-call-parser; SGLang: --tool-call-parser), update it, or choose another model.</source>
        <translation>El modelo escribió una llamada a una herramienta como texto, así que no se ejecutó nada: el analizador de herramientas del servidor está desactivado o no conoce este modelo. Inicia el servidor con él (llama.cpp: --jinja; vLLM: --enable-auto-tool-choice y --tool-call-parser; SGLang: --tool-call-parser), actualízalo o elige otro modelo.</translation>
    </message>
    <message>
        <source>The model&apos;s reasoning stands in its answer: the server&apos;s reasoning parser is off, or does not know this model (llama.cpp: --reasoning-format auto; vLLM and SGLang: --reasoning-parser).</source>
        <translation>El razonamiento del modelo aparece en su respuesta: el analizador de razonamiento del servidor está desactivado o no conoce este modelo (llama.cpp: --reasoning-format auto; vLLM y SGLang: --reasoning-parser).</translation>
    </message>
    <message>
        <source>Stopped: the request limit for this turn was reached.</source>
        <translation>Detenido: se alcanzó el límite de peticiones de este turno.</translation>
    </message>
    <message>
        <source>The turn ended: %1 answers in a row got nothing done. Say what to do differently, or let it go on.</source>
        <translation>El turno terminó: %1 respuestas seguidas no lograron nada. Di qué hacer de otra manera o deja que continúe.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Conversation::MarkdownText</name>
    <message>
        <source>Thinking</source>
        <translation>Razonamiento</translation>
    </message>
    <message>
        <source>Something that only the provider can read (%1)</source>
        <translation>Algo que solo el proveedor puede leer (%1)</translation>
    </message>
    <message>
        <source>From here on the model has this summary of what came before</source>
        <translation>Desde aquí el modelo tiene este resumen de lo anterior</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Tú</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Stopped here</source>
        <translation>Detenido aquí</translation>
    </message>
    <message>
        <source>The connection broke here; the model has not seen this part</source>
        <translation>La conexión se cortó aquí; el modelo no ha visto esta parte</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Detenido</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Keys</name>
    <message>
        <source>This provider&apos;s key cannot be stored.</source>
        <translation>No se puede guardar la clave de este proveedor.</translation>
    </message>
    <message>
        <source>The key could not be written to %1. Check the folder and the free space.</source>
        <translation>No se ha podido escribir la clave en %1. Comprueba la carpeta y el espacio libre.</translation>
    </message>
    <message>
        <source>The key in %1 could not be removed. Delete that file by hand.</source>
        <translation>No se ha podido quitar la clave de %1. Borra ese archivo a mano.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Llm</name>
    <message>
        <source>The provider said: %1</source>
        <translation>El proveedor dijo: %1</translation>
    </message>
    <message>
        <source>The key was rejected. Enter another key in Settings.</source>
        <translation>La clave fue rechazada. Introduce otra en Ajustes.</translation>
    </message>
    <message>
        <source>The provider does not know the model “%1” at this address. Choose another model or check the address in Settings.</source>
        <translation>El proveedor no conoce el modelo «%1» en esta dirección. Elige otro modelo o comprueba la dirección en Ajustes.</translation>
    </message>
    <message>
        <source>The provider&apos;s limit for this key is reached. Wait a moment, then try again.</source>
        <translation>Se ha alcanzado el límite del proveedor para esta clave. Espera un momento e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The provider is overloaded. Wait a moment, then try again.</source>
        <translation>El proveedor está sobrecargado. Espera un momento e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The address answers with a redirect, which is not followed so that the key stays where it belongs. Put the final address into Settings.</source>
        <translation>La dirección responde con una redirección, que no se sigue para que la clave se quede donde debe. Escribe la dirección final en Ajustes.</translation>
    </message>
    <message>
        <source>The provider reported a server error (HTTP %1). Try again in a moment.</source>
        <translation>El proveedor informó de un error del servidor (HTTP %1). Inténtalo de nuevo en un momento.</translation>
    </message>
    <message>
        <source>The provider refused the request (HTTP %1).</source>
        <translation>El proveedor ha rechazado la petición (HTTP %1).</translation>
    </message>
    <message>
        <source>The provider ended the answer with an error. Try again in a moment.</source>
        <translation>El proveedor terminó la respuesta con un error. Inténtalo de nuevo en un momento.</translation>
    </message>
    <message>
        <source>The answer broke off before its end. Try again.</source>
        <translation>La respuesta se ha cortado antes de terminar. Inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The provider ended the connection without an answer. Try again.</source>
        <translation>El proveedor cerró la conexión sin responder. Inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The provider sent an answer that is too large to read. Try again.</source>
        <translation>El proveedor ha enviado una respuesta demasiado grande. Inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The provider sent an answer that cannot be read. Try again.</source>
        <translation>El proveedor ha enviado una respuesta que no se puede leer. Inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The address answered with something that is not a model&apos;s answer, perhaps a web page. Check the address in Settings.</source>
        <translation>La dirección ha respondido con algo que no es la respuesta de un modelo, quizá una página web. Comprueba la dirección en Ajustes.</translation>
    </message>
    <message>
        <source>There is no key for %1 yet. Add one in Settings, or set %2 before the start.</source>
        <translation>Aún no hay una clave para %1. Añádela en Ajustes o define %2 antes de iniciar.</translation>
    </message>
    <message>
        <source>No model is chosen yet. Choose one in Settings, or name it with --model at the start.</source>
        <translation>Aún no hay un modelo elegido. Elige uno en Ajustes o nómbralo con --model al iniciar.</translation>
    </message>
    <message>
        <source>The credit or quota of your account at the provider is used up. Add credit or raise the limit there, or choose another provider in Settings; then try again.</source>
        <translation>El crédito o la cuota de tu cuenta en el proveedor se ha agotado. Añade crédito o aumenta el límite allí, o elige otro proveedor en Ajustes; después, inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>The request does not fit this model, or is more than the provider takes at once. Choose a model with a larger context window in Settings, or start a new conversation.</source>
        <translation>La petición no cabe en este modelo o es más de lo que el proveedor acepta de una vez. Elige en Ajustes un modelo con una ventana de contexto mayor o inicia una conversación nueva.</translation>
    </message>
    <message>
        <source>The address did not answer with a list of models. Check the address.</source>
        <translation>La dirección no respondió con una lista de modelos. Comprueba la dirección.</translation>
    </message>
    <message>
        <source>The key was rejected. Enter another key.</source>
        <translation>La clave fue rechazada. Introduce otra clave.</translation>
    </message>
    <message>
        <source>No model API was found at this address. Check the address.</source>
        <translation>No se encontró ninguna API de modelos en esta dirección. Comprueba la dirección.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Models</name>
    <message>
        <source>stopped</source>
        <translation>detenida</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fallida</translation>
    </message>
    <message>
        <source>Stopped by you.</source>
        <translation>La detuviste tú.</translation>
    </message>
    <message>
        <source>Stopped by the model.</source>
        <translation>La detuvo el modelo.</translation>
    </message>
    <message>
        <source>Stopped when Meanwhile was closed.</source>
        <translation>Se detuvo al cerrar Meanwhile.</translation>
    </message>
    <message>
        <source>Queued: the limit of running tasks is reached.</source>
        <translation>En cola: se alcanzó el límite de tareas en ejecución.</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Iniciándose</translation>
    </message>
    <message>
        <source>Running. The agent is waiting for it.</source>
        <translation>En curso. El agente la espera.</translation>
    </message>
    <message>
        <source>Ended with exit code 0.</source>
        <translation>Terminó con el código de salida 0.</translation>
    </message>
    <message>
        <source>Ended with exit code %1.</source>
        <translation>Terminó con el código de salida %1.</translation>
    </message>
    <message>
        <source>Ended by signal %1.</source>
        <translation>Terminó por la señal %1.</translation>
    </message>
    <message>
        <source>Stopped because its time limit was reached.</source>
        <translation>Se detuvo al alcanzar su límite de tiempo.</translation>
    </message>
    <message>
        <source>Could not be started.</source>
        <translation>No se pudo iniciar.</translation>
    </message>
    <message>
        <source>Lost: Meanwhile could not see how it ended.</source>
        <translation>Perdida: Meanwhile no pudo ver cómo terminó.</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Llamar</translation>
    </message>
    <message>
        <source>Calling</source>
        <translation>Llamando</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>Llamado</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Tarea</translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation>Tarea %1</translation>
    </message>
    <message>
        <source>all tasks</source>
        <translation>todas las tareas</translation>
    </message>
    <message>
        <source>waiting for approval</source>
        <translation>esperando aprobación</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>denegada</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>Tú: %1</translation>
    </message>
    <message>
        <source>You, waiting for the next request: %1</source>
        <translation>Tú, a la espera de la próxima petición: %1</translation>
    </message>
    <message>
        <source>Thinking: %1</source>
        <translation>Razonamiento: %1</translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation>Error: %1</translation>
    </message>
    <message>
        <source>(with 1 image)</source>
        <translation>(con 1 imagen)</translation>
    </message>
    <message>
        <source>(with %1 images)</source>
        <translation>(con %1 imágenes)</translation>
    </message>
    <message>
        <source>1 file changed while it ran</source>
        <translation>1 archivo cambió mientras se ejecutaba</translation>
    </message>
    <message>
        <source>%1 files changed while it ran</source>
        <translation>%1 archivos cambiaron mientras se ejecutaba</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>y %1 más</translation>
    </message>
    <message>
        <source>Ended by a signal from outside, e.g. at a shutdown or a logout.</source>
        <translation>Terminada por una señal externa, p. ej. al apagar el equipo o cerrar la sesión.</translation>
    </message>
    <message>
        <source>Serves on port %1.</source>
        <translation>Sirve en el puerto %1.</translation>
    </message>
    <message>
        <source>Running in the background.</source>
        <translation>En curso en segundo plano.</translation>
    </message>
    <message>
        <source>not run</source>
        <translation>no ejecutado</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>interrumpido</translation>
    </message>
    <message>
        <source>You, held until you send it: %1</source>
        <translation>Tú, retenido hasta que lo envíes: %1</translation>
    </message>
    <message>
        <source>not a task of this session</source>
        <translation>no es una tarea de esta sesión</translation>
    </message>
    <message>
        <source>Purpose: %1</source>
        <translation>Propósito: %1</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>fuera</translation>
    </message>
    <message>
        <source>Ran outside the box</source>
        <translation>Se ejecutó fuera del recinto</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Models::SessionListModel</name>
    <message>
        <source>New session</source>
        <translation>Nueva sesión</translation>
    </message>
    <message>
        <source>1 result waits for you</source>
        <translation>1 resultado te espera</translation>
    </message>
    <message>
        <source>%1 results wait for you</source>
        <translation>%1 resultados te esperan</translation>
    </message>
    <message>
        <source>tasks running</source>
        <translation>tareas en marcha</translation>
    </message>
    <message>
        <source>working</source>
        <translation>trabajando</translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation>te espera</translation>
    </message>
    <message>
        <source>Archived (%1)</source>
        <translation>Archivadas (%1)</translation>
    </message>
    <message>
        <source>%1, expanded</source>
        <translation>%1, desplegado</translation>
    </message>
    <message>
        <source>%1, collapsed</source>
        <translation>%1, plegado</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>archivada</translation>
    </message>
    <message>
        <source>finished, not seen yet</source>
        <translation>terminada, sin ver</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>con error</translation>
    </message>
    <message>
        <source>waiting for approval</source>
        <translation>espera aprobación</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Models::TaskTableModel</name>
    <message>
        <source>not yet</source>
        <translation>aún no</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>en cola</translation>
    </message>
    <message>
        <source>request %1</source>
        <translation>petición %1</translation>
    </message>
    <message>
        <source>1 process still runs</source>
        <translation>1 proceso sigue en curso</translation>
    </message>
    <message>
        <source>%1 processes still run</source>
        <translation>%1 procesos siguen en curso</translation>
    </message>
    <message>
        <source>signal %1</source>
        <translation>señal %1</translation>
    </message>
    <message>
        <source>elapsed %1</source>
        <translation>transcurrido %1</translation>
    </message>
    <message>
        <source>no exit code</source>
        <translation>sin código de salida</translation>
    </message>
    <message>
        <source>exit code %1</source>
        <translation>código de salida %1</translation>
    </message>
    <message>
        <source>output %1</source>
        <translation>salida %1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Comando</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tiempo</translation>
    </message>
    <message>
        <source>Exit code</source>
        <translation>Código</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Salida</translation>
    </message>
    <message>
        <source>Sent to model</source>
        <translation>Al modelo</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>en camino</translation>
    </message>
    <message>
        <source>It is in a request that the provider has not accepted yet.</source>
        <translation>Está en una petición que el proveedor aún no ha aceptado.</translation>
    </message>
    <message>
        <source>failed, retrying</source>
        <translation>falló, reintentando</translation>
    </message>
    <message>
        <source>The request with this result failed and will be retried automatically.</source>
        <translation>La petición con este resultado ha fallado y se reintentará automáticamente.</translation>
    </message>
    <message>
        <source>request failed</source>
        <translation>petición fallida</translation>
    </message>
    <message>
        <source>The request with this result failed. The result will be sent with the next request.</source>
        <translation>La petición con este resultado ha fallado. El resultado se enviará con la siguiente petición.</translation>
    </message>
    <message>
        <source>next request</source>
        <translation>siguiente petición</translation>
    </message>
    <message>
        <source>The agent is working. The result will be sent with its next request.</source>
        <translation>El agente está trabajando. El resultado se enviará con su próxima petición.</translation>
    </message>
    <message>
        <source>in a moment</source>
        <translation>enseguida</translation>
    </message>
    <message>
        <source>It is sent in a moment.</source>
        <translation>Se envía enseguida.</translation>
    </message>
    <message>
        <source>you are writing</source>
        <translation>estás escribiendo</translation>
    </message>
    <message>
        <source>Held while you type; sent with your message.</source>
        <translation>Se retiene mientras escribes; se envía con tu mensaje.</translation>
    </message>
    <message>
        <source>held: stopped</source>
        <translation>retenido: detenido</translation>
    </message>
    <message>
        <source>You pressed Stop. The result will be sent with your next message.</source>
        <translation>Has pulsado Detener. El resultado se enviará con tu próximo mensaje.</translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation>te espera</translation>
    </message>
    <message>
        <source>It arrived while you were away, and waits until you continue.</source>
        <translation>Llegó mientras no estabas y espera hasta que continúes.</translation>
    </message>
    <message>
        <source>next turn</source>
        <translation>próximo turno</translation>
    </message>
    <message>
        <source>This result does not wake the agent. It will be sent with your next message.</source>
        <translation>Este resultado no despierta al agente. Se enviará con tu próximo mensaje.</translation>
    </message>
    <message>
        <source>The provider accepted it at %1.</source>
        <translation>El proveedor lo aceptó: %1.</translation>
    </message>
    <message>
        <source>The agent has reached its hourly limit of wake-ups. The result waits until you continue, or until the hour is over.</source>
        <translation>El agente ha alcanzado su límite de activaciones por hora. El resultado espera hasta que continúes o hasta que pase la hora.</translation>
    </message>
    <message>
        <source>Last line: %1</source>
        <translation>Última línea: %1</translation>
    </message>
    <message>
        <source>sent to model: %1</source>
        <translation>enviado al modelo: %1</translation>
    </message>
    <message>
        <source>earlier</source>
        <translation>antes</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Models::TranscriptModel</name>
    <message>
        <source>Waiting for 1 task. The result will arrive automatically.</source>
        <translation>Esperando 1 tarea. El resultado llegará automáticamente.</translation>
    </message>
    <message>
        <source>Waiting for %1 tasks. The results will arrive automatically.</source>
        <translation>Esperando %1 tareas. Los resultados llegarán automáticamente.</translation>
    </message>
    <message>
        <source>Stopped. The partial answer above was kept.</source>
        <translation>Detenido. La respuesta parcial de arriba se conserva.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Detenido.</translation>
    </message>
    <message>
        <source>From here on, the model works with a summary of the conversation above and with your own messages word for word. You can still read all of it here.</source>
        <translation>Desde aquí, el modelo trabaja con un resumen de la conversación anterior y con tus mensajes al pie de la letra. Aquí puedes seguir leyéndolo todo.</translation>
    </message>
    <message>
        <source>Older outputs of tools are left out for the model from here on, to make room.</source>
        <translation>Desde aquí se omiten para el modelo las salidas antiguas de herramientas, para hacer sitio.</translation>
    </message>
    <message>
        <source>The provider refused a part of the conversation. The conversation continues without that part.</source>
        <translation>El proveedor ha rechazado una parte de la conversación. La conversación continúa sin esa parte.</translation>
    </message>
    <message>
        <source>The provider said: %1</source>
        <translation>El proveedor dijo: %1</translation>
    </message>
    <message>
        <source>Still waiting for a reply. The request is still open.</source>
        <translation>Todavía esperando una respuesta. La petición sigue abierta.</translation>
    </message>
    <message>
        <source>Summarising the conversation to free up context…</source>
        <translation>Resumiendo la conversación para liberar contexto…</translation>
    </message>
    <message>
        <source>The reply was cut off here.</source>
        <translation>La respuesta se cortó aquí.</translation>
    </message>
    <message>
        <source>%1
Retrying in %3 s (attempt %2).</source>
        <translation>%1
Reintentando en %3 s (intento %2).</translation>
    </message>
    <message>
        <source>%1
Retrying (attempt %2)…</source>
        <translation>%1
Reintentando (intento %2)…</translation>
    </message>
    <message>
        <source>The restore was undone: 1 file is back.</source>
        <translation>Se deshizo la restauración: 1 archivo ha vuelto.</translation>
    </message>
    <message>
        <source>The restore was undone: %1 files are back.</source>
        <translation>Se deshizo la restauración: han vuelto %1 archivos.</translation>
    </message>
    <message>
        <source>Restored 1 file to its state before an earlier message.</source>
        <translation>Se restauró 1 archivo a su estado anterior a un mensaje previo.</translation>
    </message>
    <message>
        <source>Restored %1 files to their state before an earlier message.</source>
        <translation>Se restauraron %1 archivos a su estado anterior a un mensaje previo.</translation>
    </message>
    <message>
        <source>Restored 1 file to its state before “%1”.</source>
        <translation>Se restauró 1 archivo a su estado anterior a «%1».</translation>
    </message>
    <message>
        <source>Restored %1 files to their state before “%2”.</source>
        <translation>Se restauraron %1 archivos a su estado anterior a «%2».</translation>
    </message>
    <message>
        <source>1 file could not be restored.</source>
        <translation>1 archivo no se pudo restaurar.</translation>
    </message>
    <message>
        <source>%1 files could not be restored.</source>
        <translation>%1 archivos no se pudieron restaurar.</translation>
    </message>
    <message>
        <source>Long arguments of calls, and long messages before your last one, are left out for the model from here on, to make room.</source>
        <translation>A partir de aquí, para hacer sitio, no se envían al modelo los argumentos largos de llamadas ni los mensajes largos anteriores al último tuyo.</translation>
    </message>
    <message>
        <source>1 task keeps running.</source>
        <translation>1 tarea sigue en marcha.</translation>
    </message>
    <message>
        <source>%1 tasks keep running.</source>
        <translation>%1 tareas siguen en marcha.</translation>
    </message>
    <message>
        <source>Waiting for a reply… %1 s</source>
        <translation>Esperando una respuesta… %1 s</translation>
    </message>
    <message>
        <source>%1 results sent to the model</source>
        <translation>%1 resultados enviados al modelo</translation>
    </message>
    <message>
        <source>1 result sent to the model</source>
        <translation>1 resultado enviado al modelo</translation>
    </message>
    <message>
        <source>%1 finished in %2, result sent to the model</source>
        <translation>%1 terminó en %2; resultado enviado al modelo</translation>
    </message>
    <message>
        <source>%1: %2 after %3, result sent to the model</source>
        <translation>%1: %2 tras %3; resultado enviado al modelo</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Notify</name>
    <message>
        <source>A command waits for your answer.</source>
        <translation>Un comando espera tu respuesta.</translation>
    </message>
    <message>
        <source>To read %1</source>
        <translation>Leer %1</translation>
    </message>
    <message>
        <source>A file is to be read.</source>
        <translation>Se va a leer un archivo.</translation>
    </message>
    <message>
        <source>To write %1</source>
        <translation>Escribir %1</translation>
    </message>
    <message>
        <source>A file is to be written.</source>
        <translation>Se va a escribir un archivo.</translation>
    </message>
    <message>
        <source>A task is to be stopped.</source>
        <translation>Se va a detener una tarea.</translation>
    </message>
    <message>
        <source>Approval needed</source>
        <translation>Hace falta tu aprobación</translation>
    </message>
    <message>
        <source>%1 approvals needed</source>
        <translation>Hacen falta %1 aprobaciones</translation>
    </message>
    <message>
        <source>Open the session to answer them.</source>
        <translation>Abre la sesión para responder.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Denegar</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ejecutar</translation>
    </message>
    <message>
        <source>A task</source>
        <translation>Una tarea</translation>
    </message>
    <message>
        <source>%1 finished in %2</source>
        <translation>%1 terminó en %2</translation>
    </message>
    <message>
        <source>%1: exit %2 after %3</source>
        <translation>%1: código de salida %2 tras %3</translation>
    </message>
    <message>
        <source>%1: signal %2 after %3</source>
        <translation>%1: señal %2 tras %3</translation>
    </message>
    <message>
        <source>%1: timed out after %2</source>
        <translation>%1: se agotó el tiempo tras %2</translation>
    </message>
    <message>
        <source>%1: stopped after %2</source>
        <translation>%1: detenida tras %2</translation>
    </message>
    <message>
        <source>%1 could not be started</source>
        <translation>%1 no se pudo iniciar</translation>
    </message>
    <message>
        <source>%1: lost, Meanwhile could not see how it ended</source>
        <translation>%1: no se vio cómo terminó</translation>
    </message>
    <message>
        <source>The turn took %1; 1 task keeps running</source>
        <translation>El turno duró %1; 1 tarea sigue en marcha</translation>
    </message>
    <message>
        <source>The turn took %1; %2 tasks keep running</source>
        <translation>El turno duró %1; %2 tareas siguen en marcha</translation>
    </message>
    <message>
        <source>The turn took %1</source>
        <translation>El turno duró %1</translation>
    </message>
    <message>
        <source>Task finished</source>
        <translation>Tarea terminada</translation>
    </message>
    <message>
        <source>Task ended</source>
        <translation>La tarea acabó</translation>
    </message>
    <message>
        <source>Task failed</source>
        <translation>La tarea falló</translation>
    </message>
    <message>
        <source>Turn failed</source>
        <translation>El turno falló</translation>
    </message>
    <message>
        <source>Turn ended</source>
        <translation>El turno terminó</translation>
    </message>
    <message>
        <source>%1 tasks ended</source>
        <translation>%1 tareas terminaron</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>y %1 más</translation>
    </message>
    <message>
        <source>The turn failed after %1</source>
        <translation>El turno falló tras %1</translation>
    </message>
    <message>
        <source>Run outside the box?</source>
        <translation>¿Ejecutar fuera del recinto?</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Permissions</name>
    <message>
        <source>Writes a file outside the project folder.</source>
        <translation>Escribe un archivo fuera de la carpeta del proyecto.</translation>
    </message>
    <message>
        <source>Changes a file.</source>
        <translation>Cambia un archivo.</translation>
    </message>
    <message>
        <source>Runs a command outside the project folder.</source>
        <translation>Ejecuta un comando fuera de la carpeta del proyecto.</translation>
    </message>
    <message>
        <source>Runs a command.</source>
        <translation>Ejecuta un comando.</translation>
    </message>
    <message>
        <source>Reads outside the project folder.</source>
        <translation>Lee fuera de la carpeta del proyecto.</translation>
    </message>
    <message>
        <source>Reads a file.</source>
        <translation>Lee un archivo.</translation>
    </message>
    <message>
        <source>Reaches outside this computer.</source>
        <translation>Sale de este equipo.</translation>
    </message>
    <message>
        <source>Runs a command outside the box: it can do all that you can.</source>
        <translation>Ejecuta un comando fuera del recinto: puede hacer todo lo que puedes hacer tú.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Store</name>
    <message>
        <source>Qt&apos;s SQLite driver is missing, so conversations are not saved. Install the package libqt6sql6-sqlite.</source>
        <translation>Falta el controlador SQLite de Qt, así que las conversaciones no se guardan. Instala el paquete libqt6sql6-sqlite.</translation>
    </message>
    <message>
        <source>The saved conversations were written by a newer Meanwhile. Update this one, or set MEANWHILE_HOME to another folder.</source>
        <translation>Las conversaciones guardadas son de una versión más nueva de Meanwhile. Actualiza esta o apunta MEANWHILE_HOME a otra carpeta.</translation>
    </message>
    <message>
        <source>The file with the saved conversations is damaged.</source>
        <translation>El archivo con las conversaciones guardadas está dañado.</translation>
    </message>
    <message>
        <source>The file with the saved conversations is damaged and cannot be moved aside, so nothing is being saved. Move %1 somewhere else and start again.</source>
        <translation>El archivo con las conversaciones guardadas está dañado y no se puede apartar, así que no se guarda nada. Mueve %1 a otro lugar y vuelve a iniciar.</translation>
    </message>
    <message>
        <source>The file with the saved conversations was damaged. What could be read was taken over; the damaged file is kept in %1.</source>
        <translation>El archivo con las conversaciones guardadas estaba dañado. Se ha recuperado lo que se podía leer; el archivo dañado se conserva en %1.</translation>
    </message>
    <message>
        <source>The disk is full, so the conversation is not being saved. Free some space; it is saved as soon as there is room.</source>
        <translation>El disco está lleno y la conversación no se está guardando. Libera espacio; se guardará en cuanto lo haya.</translation>
    </message>
    <message>
        <source>A part of the conversation could not be saved.</source>
        <translation>No se pudo guardar una parte de la conversación.</translation>
    </message>
    <message>
        <source>The conversation could not be saved: %1. Check the disk; it is tried again.</source>
        <translation>No se pudo guardar la conversación: %1. Comprueba el disco; se volverá a intentar.</translation>
    </message>
    <message>
        <source>The file with the saved conversations is damaged, and what can be read of it cannot be written to a new one, so nothing is being saved. Free some space; it is tried again. The damaged file is %1.</source>
        <translation>El archivo de las conversaciones guardadas está dañado y lo que se puede leer de él no se puede escribir en uno nuevo, así que no se está guardando nada. Libera espacio; se volverá a intentar. El archivo dañado es %1.</translation>
    </message>
    <message>
        <source>The conversation could not be saved, because another program uses the file of the saved conversations. It is tried again.</source>
        <translation>No se pudo guardar la conversación, porque otro programa usa el archivo de las conversaciones guardadas. Se intenta de nuevo.</translation>
    </message>
    <message>
        <source>The file with the saved conversations was removed or replaced while the program was running. The conversations that are open are saved again, in a new one: %1.</source>
        <translation>El archivo con las conversaciones guardadas fue eliminado o reemplazado mientras el programa estaba en marcha. Las conversaciones abiertas se guardan de nuevo, en uno nuevo: %1.</translation>
    </message>
    <message>
        <source>%1 is no file that conversations could be saved in. Remove it, then start Meanwhile again.</source>
        <translation>%1 no es un archivo en el que se puedan guardar conversaciones. Elimínalo y vuelve a iniciar Meanwhile.</translation>
    </message>
    <message>
        <source>This session is open in another Meanwhile (process %1). Close it there first.</source>
        <translation>Esta sesión está abierta en otro Meanwhile (proceso %1). Ciérrela allí primero.</translation>
    </message>
    <message>
        <source>There is no session %1; perhaps it was deleted. Choose another one.</source>
        <translation>No existe la sesión %1; quizá se eliminó. Elija otra.</translation>
    </message>
    <message>
        <source>There is no earlier session to continue. Start one first.</source>
        <translation>No hay ninguna sesión anterior que continuar. Empiece una primero.</translation>
    </message>
    <message>
        <source>That message is not in the session any more.</source>
        <translation>Ese mensaje ya no está en la sesión.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::ThreadLimit</name>
    <message>
        <source>The system allows no more threads, so nothing can run. Raise the limit of processes (ulimit -u, or the container&apos;s pids limit), then start again.</source>
        <translation>El sistema no permite más hilos, así que nada puede ejecutarse. Aumenta el límite de procesos (ulimit -u o el límite de pids del contenedor) y empieza de nuevo.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Tasks</name>
    <message>
        <source>queued</source>
        <translation>en cola</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>iniciando</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en curso</translation>
    </message>
    <message>
        <source>done</source>
        <translation>terminada</translation>
    </message>
    <message>
        <source>exit %1</source>
        <translation>código %1</translation>
    </message>
    <message>
        <source>signal %1</source>
        <translation>señal %1</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>plazo agotado</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>detenida</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>terminada</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fallida</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>perdida</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Tools</name>
    <message>
        <source>1 line</source>
        <translation>1 línea</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>%1 líneas</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 entrada</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 entradas</translation>
    </message>
    <message>
        <source>1 place</source>
        <translation>1 lugar</translation>
    </message>
    <message>
        <source>%1 places</source>
        <translation>%1 lugares</translation>
    </message>
    <message>
        <source>%1 of %2 running</source>
        <translation>%1 de %2 en curso</translation>
    </message>
    <message>
        <source>%1 of %2 ended</source>
        <translation>%1 de %2 terminadas</translation>
    </message>
    <message>
        <source>exit %1</source>
        <translation>código %1</translation>
    </message>
    <message>
        <source>continues in background</source>
        <translation>sigue en segundo plano</translation>
    </message>
    <message>
        <source>ended from outside</source>
        <translation>terminada desde fuera</translation>
    </message>
    <message>
        <source>%1 leads there.</source>
        <translation>%1 lleva allí.</translation>
    </message>
    <message>
        <source>Keys, passwords, histories or Meanwhile&apos;s own files are kept there.</source>
        <translation>Allí se guardan claves, contraseñas, historiales o archivos propios de Meanwhile.</translation>
    </message>
    <message>
        <source>Keys or passwords may be in this file; what is in it is sent to the model.</source>
        <translation>Este archivo puede contener claves o contraseñas; su contenido se envía al modelo.</translation>
    </message>
    <message>
        <source>no change</source>
        <translation>sin cambios</translation>
    </message>
    <message>
        <source>Nothing in the file changes.</source>
        <translation>En el archivo no cambia nada.</translation>
    </message>
    <message>
        <source>Too large to be shown (%1).</source>
        <translation>Demasiado grande para mostrarse (%1).</translation>
    </message>
    <message>
        <source>It replaces a file that is not text.</source>
        <translation>Reemplaza un archivo que no es de texto.</translation>
    </message>
    <message>
        <source>It replaces all of a file that is too large to be compared.</source>
        <translation>Reemplaza por completo un archivo demasiado grande para compararlo.</translation>
    </message>
    <message>
        <source>What changes cannot be shown as lines.</source>
        <translation>Lo que cambia no se puede mostrar por líneas.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ejecutar</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Ejecutando</translation>
    </message>
    <message>
        <source>Ran</source>
        <translation>Ejecutado</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lectura</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Leyendo</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Escribir</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Escribiendo</translation>
    </message>
    <message>
        <source>Wrote</source>
        <translation>Escrito</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>Editando</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Editado</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Buscando</translation>
    </message>
    <message>
        <source>Searched</source>
        <translation>Buscado</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Listar</translation>
    </message>
    <message>
        <source>Listing</source>
        <translation>Listando</translation>
    </message>
    <message>
        <source>Listed</source>
        <translation>Listado</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Comprobar</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Comprobando</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>Comprobado</translation>
    </message>
    <message>
        <source>Wait for</source>
        <translation>Esperar</translation>
    </message>
    <message>
        <source>Waiting for</source>
        <translation>Esperando</translation>
    </message>
    <message>
        <source>Waited for</source>
        <translation>Esperado</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Deteniendo</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Detenido</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Creado</translation>
    </message>
</context>
<context>
    <name>Meanwhile::TrustedSettings</name>
    <message>
        <source>permission mode “%1”</source>
        <translation>modo de permisos «%1»</translation>
    </message>
    <message>
        <source>provider “%1”</source>
        <translation>proveedor «%1»</translation>
    </message>
    <message>
        <source>address %1</source>
        <translation>dirección %1</translation>
    </message>
    <message>
        <source>address %1 for “%2”</source>
        <translation>dirección %1 para «%2»</translation>
    </message>
    <message>
        <source>of its own</source>
        <translation>la suya propia</translation>
    </message>
    <message>
        <source>provider “%1” at %2</source>
        <translation>proveedor «%1» en %2</translation>
    </message>
    <message>
        <source>variables passed on to commands (%1)</source>
        <translation>variables que reciben los comandos (%1)</translation>
    </message>
    <message>
        <source>fewer variables passed on to commands</source>
        <translation>menos variables para los comandos</translation>
    </message>
    <message>
        <source>providers taken away</source>
        <translation>proveedores eliminados</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui</name>
    <message>
        <source>Too large to open (at most 64 million pixels and 64 MB). Save a smaller copy and attach that.</source>
        <translation>Demasiado grande para abrirla (como máximo 64 millones de píxeles y 64 MB). Guarda una copia más pequeña y adjúntala.</translation>
    </message>
    <message>
        <source>Not an image, whatever its name says. Write its path if the model is to read it.</source>
        <translation>No es una imagen, diga lo que diga su nombre. Escribe su ruta si el modelo debe leerlo.</translation>
    </message>
    <message>
        <source>This kind of image cannot be opened here. Save it as PNG and attach that.</source>
        <translation>Aquí no se puede abrir este tipo de imagen. Guárdala como PNG y adjúntala.</translation>
    </message>
    <message>
        <source>Damaged or incomplete. Save the image again and attach that.</source>
        <translation>Dañada o incompleta. Vuelve a guardar la imagen y adjúntala.</translation>
    </message>
    <message>
        <source>The file is not there any more. Attach it from where it is now.</source>
        <translation>El archivo ya no está ahí. Adjúntalo desde donde esté ahora.</translation>
    </message>
    <message>
        <source>You do not have permission to read this file. Change its permissions and attach it again.</source>
        <translation>No tienes permiso para leer este archivo. Cambia sus permisos y adjúntalo de nuevo.</translation>
    </message>
    <message>
        <source>The file could not be read. Copy it to this computer and attach the copy.</source>
        <translation>No se ha podido leer el archivo. Cópialo en este equipo y adjunta la copia.</translation>
    </message>
    <message>
        <source>under $%1</source>
        <translation>menos de $%1</translation>
    </message>
    <message>
        <source>%1 + unknown</source>
        <translation>%1 + desconocido</translation>
    </message>
    <message>
        <source>cost unknown</source>
        <translation>coste desconocido</translation>
    </message>
    <message>
        <source>local</source>
        <translation>local</translation>
    </message>
    <message>
        <source>%1 in · %2 out</source>
        <translation>%1 de entrada · %2 de salida</translation>
    </message>
    <message>
        <source>%1 · %2 % cached</source>
        <translation>%1 · %2 % en caché</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>%1 K</source>
        <translation>%1 K</translation>
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
        <source>Allow for this session</source>
        <translation>Permitir en esta sesión</translation>
    </message>
    <message>
        <source>Don&apos;t ask again for this exact command until Meanwhile quits.</source>
        <translation>No volver a preguntar por este comando exacto hasta que se cierre Meanwhile.</translation>
    </message>
    <message>
        <source>Don&apos;t ask again for exactly this file until Meanwhile quits. It still asks for other files.</source>
        <translation>No volver a preguntar por exactamente este archivo hasta que se cierre Meanwhile. Por los demás se sigue preguntando.</translation>
    </message>
    <message>
        <source>Don&apos;t ask again for exactly this until Meanwhile quits. It still asks for anything else.</source>
        <translation>No volver a preguntar por exactamente esto hasta que se cierre Meanwhile. Por lo demás se sigue preguntando.</translation>
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
    <message>
        <source>Search outside the project?</source>
        <translation>¿Buscar fuera del proyecto?</translation>
    </message>
    <message>
        <source>Search here?</source>
        <translation>¿Buscar aquí?</translation>
    </message>
    <message>
        <source>List files outside the project?</source>
        <translation>¿Listar archivos fuera del proyecto?</translation>
    </message>
    <message>
        <source>List the files here?</source>
        <translation>¿Listar los archivos de aquí?</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Listar</translation>
    </message>
    <message>
        <source>1 more line</source>
        <translation>1 línea más</translation>
    </message>
    <message>
        <source>%1 more lines</source>
        <translation>%1 líneas más</translation>
    </message>
    <message>
        <source>This is the end. Choose again to allow it.</source>
        <translation>Este es el final. Elige otra vez para permitirlo.</translation>
    </message>
    <message>
        <source>Not everything is shown yet. Choosing this scrolls to the end first.</source>
        <translation>Aún no se muestra todo. Al elegir esto se va primero al final.</translation>
    </message>
    <message>
        <source>What would be written is not shown. Choose this twice to allow it.</source>
        <translation>Lo que se escribiría no se muestra. Elígelo dos veces para permitirlo.</translation>
    </message>
    <message>
        <source>What would be written is not shown. Choose again to allow it.</source>
        <translation>Lo que se escribiría no se muestra. Elígelo otra vez para permitirlo.</translation>
    </message>
    <message>
        <source>The model says: %1</source>
        <translation>El modelo dice: %1</translation>
    </message>
    <message>
        <source>Reach outside this computer?</source>
        <translation>¿Salir de este equipo?</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Permitir</translation>
    </message>
    <message>
        <source>Run outside the box?</source>
        <translation>¿Ejecutar fuera del recinto?</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::AttachmentChip</name>
    <message>
        <source>Preparing…</source>
        <translation>Preparando…</translation>
    </message>
    <message>
        <source>Preparing %1</source>
        <translation>Preparando %1</translation>
    </message>
    <message>
        <source>Remove (Delete)</source>
        <translation>Quitar (Supr)</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Quitar %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::AttachmentRow</name>
    <message>
        <source>Attached images</source>
        <translation>Imágenes adjuntas</translation>
    </message>
    <message>
        <source>Pasted image</source>
        <translation>Imagen pegada</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ResumeBar</name>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Your last message was not answered.</source>
        <translation>Tu último mensaje quedó sin respuesta.</translation>
    </message>
    <message>
        <source>1 task finished while you were away.</source>
        <translation>1 tarea terminó mientras no estabas.</translation>
    </message>
    <message numerus="yes">
        <source>%n tasks finished while you were away.</source>
        <translation>
            <numerusform>%n tarea terminó mientras no estabas.</numerusform>
            <numerusform>%n tareas terminaron mientras no estabas.</numerusform>
        </translation>
    </message>
    <message>
        <source>Ask for the answer again</source>
        <translation>Pedir la respuesta otra vez</translation>
    </message>
    <message>
        <source>Send the results and let the agent continue</source>
        <translation>Enviar los resultados y dejar que el agente continúe</translation>
    </message>
    <message>
        <source>1 result waits: the agent has reached its hourly limit of wake-ups.</source>
        <translation>1 resultado espera: el agente ha alcanzado su límite de activaciones por hora.</translation>
    </message>
    <message numerus="yes">
        <source>%n results wait: the agent has reached its hourly limit of wake-ups.</source>
        <translation>
            <numerusform>%n resultados esperan: el agente ha alcanzado su límite de activaciones por hora.</numerusform>
            <numerusform>%n resultados esperan: el agente ha alcanzado su límite de activaciones por hora.</numerusform>
        </translation>
    </message>
    <message>
        <source>1 message was not sent yet.</source>
        <translation>1 mensaje aún no se ha enviado.</translation>
    </message>
    <message numerus="yes">
        <source>%n messages were not sent yet.</source>
        <translation>
            <numerusform>%n mensaje aún no se ha enviado.</numerusform>
            <numerusform>%n mensajes aún no se han enviado.</numerusform>
        </translation>
    </message>
    <message>
        <source>Send Now</source>
        <translation>Enviar ahora</translation>
    </message>
    <message>
        <source>Send what is queued</source>
        <translation>Enviar lo que está en cola</translation>
    </message>
    <message>
        <source>1 result was not sent yet.</source>
        <translation>Todavía no se ha enviado 1 resultado.</translation>
    </message>
    <message numerus="yes">
        <source>%n results were not sent yet.</source>
        <translation>
            <numerusform>Todavía no se han enviado %n resultados.</numerusform>
            <numerusform>Todavía no se han enviado %n resultados.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::BoxMark</name>
    <message>
        <source>Box</source>
        <translation>Recinto</translation>
    </message>
    <message>
        <source>Reduced box</source>
        <translation>Recinto reducido</translation>
    </message>
    <message>
        <source>No box</source>
        <translation>Sin recinto</translation>
    </message>
    <message>
        <source>Commands run in a box: they change only the project, do not see the rest of your files and have no network.</source>
        <translation>Los comandos se ejecutan en un recinto: solo cambian el proyecto, no ven el resto de tus archivos y no tienen red.</translation>
    </message>
    <message>
        <source>Commands change only the project and have no network, but they can read all your files.</source>
        <translation>Los comandos solo cambian el proyecto y no tienen red, pero pueden leer todos tus archivos.</translation>
    </message>
    <message>
        <source>No box can be built on this computer: commands can do all that you can.</source>
        <translation>En este equipo no se puede crear ningún recinto: los comandos pueden hacer todo lo que puedes hacer tú.</translation>
    </message>
    <message>
        <source>The box is switched off: commands can do all that you can.</source>
        <translation>El recinto está desactivado: los comandos pueden hacer todo lo que puedes hacer tú.</translation>
    </message>
    <message>
        <source>That is why commands ask before they run.</source>
        <translation>Por eso los comandos preguntan antes de ejecutarse.</translation>
    </message>
    <message>
        <source>The system says: %1</source>
        <translation>El sistema dice: %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::Composer</name>
    <message>
        <source>The pasted text is too long for a message (%1 characters). Save it as a file and attach the file.</source>
        <translation>El texto pegado es demasiado largo para un mensaje (%1 caracteres). Guárdalo en un archivo y adjúntalo.</translation>
    </message>
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
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <source>Send (Enter). Shift+Enter starts a new line.</source>
        <translation>Enviar (Intro). Mayús+Intro empieza otra línea.</translation>
    </message>
    <message>
        <source>At most %1 images go into one message. The others were left out.</source>
        <translation>En un mensaje caben como máximo %1 imágenes. Las demás se han omitido.</translation>
    </message>
    <message>
        <source>Attach images or mention files (Ctrl+Shift+A)</source>
        <translation>Adjuntar imágenes o mencionar archivos (Ctrl+Mayús+A)</translation>
    </message>
    <message>
        <source>Choose model and provider (Ctrl+M)</source>
        <translation>Elige modelo y proveedor (Ctrl+M)</translation>
    </message>
    <message>
        <source>Cost of this session</source>
        <translation>Coste de esta sesión</translation>
    </message>
    <message>
        <source>Stop the agent and the command it waits for; background tasks keep running (Esc)</source>
        <translation>Detener al agente y el comando que espera; las tareas en segundo plano siguen en curso (Esc)</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ContextGauge</name>
    <message>
        <source>%1 % of %2, nearly full</source>
        <translation>%1 % de %2, casi lleno</translation>
    </message>
    <message>
        <source>%1 % of %2</source>
        <translation>%1 % de %2</translation>
    </message>
    <message>
        <source>%1 of %2 tokens: the conversation as the model last read it</source>
        <translation>%1 de %2 tokens: la conversación tal como el modelo la leyó la última vez</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 tokens</translation>
    </message>
    <message>
        <source>The conversation as the model last read it. The size of this model&apos;s context window is unknown.</source>
        <translation>La conversación tal como el modelo la leyó la última vez. El tamaño de la ventana de contexto de este modelo es desconocido.</translation>
    </message>
    <message>
        <source>Context: %1</source>
        <translation>Contexto: %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::DropTarget</name>
    <message>
        <source>Drop it here</source>
        <translation>Suéltalo aquí</translation>
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
        <source>Drop to mention the file</source>
        <translation>Suelta para mencionar el archivo</translation>
    </message>
    <message>
        <source>Drop to mention the files</source>
        <translation>Suelta para mencionar los archivos</translation>
    </message>
    <message>
        <source>Only the path goes into the text; the model reads the file when it needs it.</source>
        <translation>Solo se escribe la ruta; el modelo lee el archivo cuando lo necesita.</translation>
    </message>
    <message>
        <source>A folder becomes the project; images are shown to the model, other files named in your message.</source>
        <translation>Una carpeta pasa a ser el proyecto; las imágenes se muestran al modelo y los demás archivos se nombran en tu mensaje.</translation>
    </message>
    <message>
        <source>Drop to attach the image</source>
        <translation>Suelta para adjuntar la imagen</translation>
    </message>
    <message>
        <source>It goes with your message.</source>
        <translation>Irá con tu mensaje.</translation>
    </message>
    <message>
        <source>Drop to attach the images</source>
        <translation>Suelta para adjuntar las imágenes</translation>
    </message>
    <message>
        <source>They go with your message.</source>
        <translation>Irán con tu mensaje.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ErrorRow</name>
    <message>
        <source>Open settings</source>
        <translation>Abrir ajustes</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Intentar de nuevo</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Intentar ahora</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuar</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::FindBar</name>
    <message>
        <source>No match</source>
        <translation>Sin coincidencias</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>Buscar en el registro</translation>
    </message>
    <message>
        <source>Find in log</source>
        <translation>Buscar en el registro</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Coincidencia anterior</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Coincidencia siguiente</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Buscando…</translation>
    </message>
    <message>
        <source>No match in the kept output</source>
        <translation>Sin coincidencias en la salida conservada</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>1 match</source>
        <translation>1 coincidencia</translation>
    </message>
    <message>
        <source>%1 matches</source>
        <translation>%1 coincidencias</translation>
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
        <source>What would you like to do in %1?</source>
        <translation>¿Qué quieres hacer en %1?</translation>
    </message>
    <message>
        <source>Slow commands run in the background; their results are delivered automatically.</source>
        <translation>Los comandos lentos se ejecutan en segundo plano; sus resultados se entregan automáticamente.</translation>
    </message>
    <message>
        <source>Recent folders</source>
        <translation>Carpetas recientes</translation>
    </message>
    <message>
        <source>This becomes your project. Files outside it are read or changed only when you allow it.</source>
        <translation>Será su proyecto. Los archivos de fuera solo se leen o cambian cuando usted lo permite.</translation>
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
    <name>Meanwhile::Ui::FolderNotice</name>
    <message>
        <source>Choose New Location…</source>
        <translation>Elegir nueva ubicación…</translation>
    </message>
    <message>
        <source>Use This Folder</source>
        <translation>Usar esta carpeta</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::LogPane</name>
    <message>
        <source>Follow</source>
        <translation>Seguir</translation>
    </message>
    <message>
        <source>Keep the newest line visible (End)</source>
        <translation>Mantener a la vista la última línea (Fin)</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Find in this log (Ctrl+F)</source>
        <translation>Buscar en este registro (Ctrl+F)</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>End this command and everything it started</source>
        <translation>Termina este comando y todo lo que inició</translation>
    </message>
    <message>
        <source>Show earlier output</source>
        <translation>Mostrar la salida anterior</translation>
    </message>
    <message>
        <source>Read further back in this log</source>
        <translation>Leer más atrás en este registro</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Deteniendo…</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Ejecutar de nuevo</translation>
    </message>
    <message>
        <source>Run this command again as a new task</source>
        <translation>Ejecutar este comando otra vez, como tarea nueva</translation>
    </message>
    <message>
        <source>No output</source>
        <translation>Sin salida</translation>
    </message>
    <message>
        <source>No output yet</source>
        <translation>Aún sin salida</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>Ajustar</translation>
    </message>
    <message>
        <source>Break long lines at the window&apos;s edge</source>
        <translation>Dividir las líneas largas en el borde de la ventana</translation>
    </message>
    <message>
        <source>Show later output</source>
        <translation>Mostrar la salida posterior</translation>
    </message>
    <message>
        <source>Read on in this log</source>
        <translation>Seguir leyendo este registro</translation>
    </message>
    <message>
        <source>Size of the output: %1</source>
        <translation>Tamaño de la salida: %1</translation>
    </message>
    <message>
        <source>This output is not there any more: logs are removed after a while, and cannot be written when the disk is full.</source>
        <translation>Esta salida ya no está: los registros se eliminan pasado un tiempo y no se pueden escribir si el disco está lleno.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::LogView</name>
    <message>
        <source>Output of the selected task</source>
        <translation>Salida de la tarea seleccionada</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::LogsForm</name>
    <message>
        <source> days</source>
        <translation> días</translation>
    </message>
    <message>
        <source>Days to keep task logs</source>
        <translation>Días que se conservan los registros de tareas</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>Maximum size of task logs in gigabytes</source>
        <translation>Tamaño máximo de los registros de tareas en gigabytes</translation>
    </message>
    <message>
        <source>Older logs are removed at the next start; running tasks keep theirs.</source>
        <translation>Los registros más antiguos se eliminan en el próximo inicio; las tareas en curso conservan los suyos.</translation>
    </message>
    <message>
        <source> day</source>
        <translation> día</translation>
    </message>
    <message>
        <source>, up to</source>
        <translation>, hasta</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::MainWindow</name>
    <message>
        <source>Open a folder to start</source>
        <translation>Abre una carpeta para empezar</translation>
    </message>
    <message>
        <source>Open Folder…</source>
        <translation>Abrir carpeta…</translation>
    </message>
    <message>
        <source>Open a folder first: Meanwhile reads, writes and runs things inside it. Your message is kept.</source>
        <translation>Abre primero una carpeta: Meanwhile lee, escribe y ejecuta dentro de ella. Tu mensaje se conserva.</translation>
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
    <name>Meanwhile::Ui::ModelList</name>
    <message>
        <source>Use “%1”</source>
        <translation>Usar «%1»</translation>
    </message>
    <message>
        <source>%1, in use</source>
        <translation>%1, en uso</translation>
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
        <source>%1 · thinks</source>
        <translation>%1 · razona</translation>
    </message>
    <message>
        <source>Loading models…</source>
        <translation>Cargando modelos…</translation>
    </message>
    <message>
        <source>%1 · on this computer</source>
        <translation>%1 · en este equipo</translation>
    </message>
    <message>
        <source>The provider lists no models. Type an ID.</source>
        <translation>El proveedor no ofrece ninguna lista de modelos. Escribe un identificador.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ModelPicker</name>
    <message>
        <source>Find a model, or type its id</source>
        <translation>Busca un modelo o escribe su identificador</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>Razonamiento</translation>
    </message>
    <message>
        <source>Providers and keys…</source>
        <translation>Proveedores y claves…</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automático</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Bajo</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Medio</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Alto</translation>
    </message>
    <message>
        <source>Thinking: %1</source>
        <translation>Razonamiento: %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::NoticesForm</name>
    <message>
        <source>Looking for the desktop&apos;s notifications…</source>
        <translation>Buscando las notificaciones del escritorio…</translation>
    </message>
    <message>
        <source>With desktop notifications, while this window is not in front.</source>
        <translation>Con las notificaciones del escritorio, mientras esta ventana no está delante.</translation>
    </message>
    <message>
        <source>Only in the taskbar: there is no message bus (D-Bus) in this login.</source>
        <translation>Solo en la barra de tareas: no hay bus de mensajes (D-Bus) en esta sesión de usuario.</translation>
    </message>
    <message>
        <source>Only in the taskbar: no program here shows notifications.</source>
        <translation>Solo en la barra de tareas: aquí ningún programa muestra notificaciones.</translation>
    </message>
    <message>
        <source>Only in the taskbar: the desktop&apos;s notification service does not respond.</source>
        <translation>Solo en la barra de tareas: el servicio de notificaciones del escritorio no responde.</translation>
    </message>
    <message>
        <source>Only in the taskbar: what answers as the desktop&apos;s notifications may be a command that Meanwhile ran.</source>
        <translation>Solo en la barra de tareas: lo que responde como las notificaciones del escritorio puede ser un comando que ejecutó Meanwhile.</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>Aprobaciones</translation>
    </message>
    <message>
        <source>Ended tasks</source>
        <translation>Tareas terminadas</translation>
    </message>
    <message>
        <source>Long turns</source>
        <translation>Turnos largos</translation>
    </message>
    <message>
        <source>When something waits for your answer.</source>
        <translation>Cuando algo espera tu respuesta.</translation>
    </message>
    <message>
        <source>When a background command has ended.</source>
        <translation>Cuando ha terminado un comando en segundo plano.</translation>
    </message>
    <message>
        <source>When a turn has ended that took longer than 20 seconds.</source>
        <translation>Cuando ha terminado un turno de más de 20 segundos.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::Panel</name>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <translation>Copiar %1</translation>
    </message>
    <message>
        <source>Show %1 more lines</source>
        <translation>Mostrar %1 líneas más</translation>
    </message>
    <message>
        <source>Show the rest</source>
        <translation>Mostrar el resto</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>línea %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::PassOnForm</name>
    <message>
        <source>Variables passed to commands</source>
        <translation>Variables que se pasan a los comandos</translation>
    </message>
    <message>
        <source>Commands in %1 get none of these, as they look like secrets. Tick those that they need.</source>
        <translation>Los comandos de %1 no reciben ninguna de estas, porque parecen secretos. Marca las que necesiten.</translation>
    </message>
    <message>
        <source>Commands in %1 get all of these, though they look like secrets.</source>
        <translation>Los comandos en %1 reciben todas estas, aunque parecen secretas.</translation>
    </message>
    <message>
        <source>Commands in %1 get those that are ticked. The others are kept from them, as they look like secrets.</source>
        <translation>Los comandos en %1 reciben las marcadas. Las demás no se les pasan, porque parecen secretas.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::PictureViewer</name>
    <message>
        <source>Opening the image…</source>
        <translation>Abriendo la imagen…</translation>
    </message>
    <message>
        <source>This image cannot be shown.</source>
        <translation>No se puede mostrar esta imagen.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::PresetMenu</name>
    <message>
        <source>On this computer</source>
        <translation>En este equipo</translation>
    </message>
    <message>
        <source>Custom…</source>
        <translation>Personalizado…</translation>
    </message>
    <message>
        <source>New provider</source>
        <translation>Nuevo proveedor</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SessionPresenter</name>
    <message>
        <source>after this turn</source>
        <translation>tras este turno</translation>
    </message>
    <message>
        <source>nothing to summarise yet</source>
        <translation>aún no hay nada que resumir</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ProviderForm</name>
    <message>
        <source>OpenAI Chat Completions</source>
        <translation>OpenAI Chat Completions</translation>
    </message>
    <message>
        <source>Anthropic Messages</source>
        <translation>Anthropic Messages</translation>
    </message>
    <message>
        <source>The key will be removed when you save.</source>
        <translation>La clave se eliminará al guardar.</translation>
    </message>
    <message>
        <source>Offline demo</source>
        <translation>Demostración sin conexión</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>Usar %1</translation>
    </message>
    <message>
        <source>Leave it empty for the provider&apos;s own.</source>
        <translation>Déjala vacía para usar la del proveedor.</translation>
    </message>
    <message>
        <source>Enter a key first.</source>
        <translation>Escribe primero una clave.</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Conectando…</translation>
    </message>
    <message>
        <source>Connected. 1 model can be used.</source>
        <translation>Conectado. Se puede usar 1 modelo.</translation>
    </message>
    <message>
        <source>Connected. %1 models can be used.</source>
        <translation>Conectado. Se pueden usar %1 modelos.</translation>
    </message>
    <message>
        <source>No keychain is available; the key was saved to %1. Only your account can read that file.</source>
        <translation>No hay ningún llavero disponible; la clave se guardó en %1. Solo tu cuenta puede leer ese archivo.</translation>
    </message>
    <message>
        <source>The demo needs no key and no network. Choose a provider above to connect a model.</source>
        <translation>La demo no necesita clave ni red. Elige un proveedor arriba para conectar un modelo.</translation>
    </message>
    <message>
        <source>Kept in the keychain or, where there is none, in a file that only you can read.</source>
        <translation>Se guarda en el llavero o, si no lo hay, en un archivo que solo tú puedes leer.</translation>
    </message>
    <message>
        <source>No keychain is available, so it is kept in a file that only you can read.</source>
        <translation>No hay ningún llavero disponible, así que se guarda en un archivo que solo tú puedes leer.</translation>
    </message>
    <message>
        <source>Leave it empty where none is needed.</source>
        <translation>Déjala vacía si no hace falta.</translation>
    </message>
    <message>
        <source>Set at startup, for this run only. It is saved only if you change it.</source>
        <translation>Establecido al iniciar, solo para esta ejecución. Solo se guarda si lo cambias.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::QueuedRow</name>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>Retirar</translation>
    </message>
    <message>
        <source>Edit the queued message</source>
        <translation>Editar el mensaje en cola</translation>
    </message>
    <message>
        <source>Withdraw the queued message</source>
        <translation>Retirar el mensaje en cola</translation>
    </message>
    <message>
        <source>◌ Queued</source>
        <translation>◌ En cola</translation>
    </message>
    <message>
        <source>◌ Held until you send it</source>
        <translation>◌ Retenido hasta que lo envíes</translation>
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
        <source>Stop it</source>
        <translation>Detenerla</translation>
    </message>
    <message>
        <source>Stopping now; the window closes when the last command has ended.</source>
        <translation>Deteniendo; la ventana se cerrará cuando termine el último comando.</translation>
    </message>
    <message>
        <source>If you keep it running, it continues in the background and reappears when you start Meanwhile again.</source>
        <translation>Si la dejas en marcha, continúa en segundo plano y reaparece cuando vuelvas a iniciar Meanwhile.</translation>
    </message>
    <message>
        <source>If you keep them running, they continue in the background and reappear when you start Meanwhile again.</source>
        <translation>Si las dejas en marcha, continúan en segundo plano y reaparecen cuando vuelvas a iniciar Meanwhile.</translation>
    </message>
    <message>
        <source>and 1 more</source>
        <translation>y 1 más</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>y %1 más</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::RestorePreview</name>
    <message>
        <source>and %1 more</source>
        <translation>y %1 más</translation>
    </message>
    <message>
        <source>Restore files to how they were before this message</source>
        <translation>Restaurar los archivos a como estaban antes de este mensaje</translation>
    </message>
    <message>
        <source>Restore files to how they were before “%1”</source>
        <translation>Restaurar los archivos a como estaban antes de «%1»</translation>
    </message>
    <message>
        <source>Undo the restore</source>
        <translation>Deshacer la restauración</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Restaurar</translation>
    </message>
    <message>
        <source>Restore files</source>
        <translation>Restaurar archivos</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Archivos</translation>
    </message>
    <message>
        <source>Earlier states of the files are not kept, because the program&apos;s own folder cannot be written to.</source>
        <translation>No se conservan estados anteriores de los archivos porque no se puede escribir en la carpeta del programa.</translation>
    </message>
    <message>
        <source>No copy of the files as they were then is kept.</source>
        <translation>No se conserva ninguna copia de los archivos tal como estaban entonces.</translation>
    </message>
    <message>
        <source>Not kept, and left as they are now: %1.</source>
        <translation>Sin copia; se quedan como están ahora: %1.</translation>
    </message>
    <message>
        <source>There is nothing to restore: the files are as they were then.</source>
        <translation>No hay nada que restaurar: los archivos están como entonces.</translation>
    </message>
    <message>
        <source>%1, changes back</source>
        <translation>%1, vuelve a su estado</translation>
    </message>
    <message>
        <source>%1, comes back</source>
        <translation>%1, se recupera</translation>
    </message>
    <message>
        <source>%1, is removed</source>
        <translation>%1, se quita</translation>
    </message>
    <message>
        <source>No lines to show: the file is not text, is very large, or only its permissions differ.</source>
        <translation>No hay líneas que mostrar: el archivo no es de texto, es muy grande o solo cambian sus permisos.</translation>
    </message>
    <message>
        <source>Restored: %1. Left as they are: %2.</source>
        <translation>Restaurados: %1. Sin cambiar: %2.</translation>
    </message>
    <message>
        <source>The agent is working. Stop it first, so that it does not write to the files meanwhile.</source>
        <translation>El agente está trabajando. Detenlo primero para que no escriba en los archivos mientras tanto.</translation>
    </message>
    <message>
        <source>1 task is running. Its changes may be lost.</source>
        <translation>Hay 1 tarea en marcha. Sus cambios pueden perderse.</translation>
    </message>
    <message>
        <source>%1 tasks are running. Their changes may be lost.</source>
        <translation>Hay %1 tareas en marcha. Sus cambios pueden perderse.</translation>
    </message>
    <message>
        <source>Checking the files…</source>
        <translation>Comprobando los archivos…</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>Restaurando…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>This copy was still being made when a command ran. Changes that the command made before a file was copied cannot be undone.</source>
        <translation>Esta copia aún se estaba haciendo cuando se ejecutó un comando. Los cambios que hizo el comando antes de copiarse un archivo no se pueden deshacer.</translation>
    </message>
    <message>
        <source>There is nothing to restore: the files are as they were copied, which was while a command was running.</source>
        <translation>No hay nada que restaurar: los archivos están como se copiaron, cuando ya se ejecutaba un comando.</translation>
    </message>
    <message>
        <source>1 file will be changed back.</source>
        <translation>Se revertirá 1 archivo.</translation>
    </message>
    <message>
        <source>%1 files will be changed back.</source>
        <translation>Se revertirán %1 archivos.</translation>
    </message>
    <message>
        <source>1 file will be brought back.</source>
        <translation>Se recuperará 1 archivo.</translation>
    </message>
    <message>
        <source>%1 files will be brought back.</source>
        <translation>Se recuperarán %1 archivos.</translation>
    </message>
    <message>
        <source>1 file will be deleted.</source>
        <translation>Se eliminará 1 archivo.</translation>
    </message>
    <message>
        <source>%1 files will be deleted.</source>
        <translation>Se eliminarán %1 archivos.</translation>
    </message>
    <message>
        <source>Files ignored by git are not touched.</source>
        <translation>Los archivos que git ignora no se tocan.</translation>
    </message>
    <message>
        <source>No file is chosen.</source>
        <translation>No has elegido ningún archivo.</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Todos los archivos</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::RowWidget</name>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Copiar enlace</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Copiar mensaje</translation>
    </message>
    <message>
        <source>Restore files to here…</source>
        <translation>Restaurar archivos hasta aquí…</translation>
    </message>
    <message>
        <source>Copy call and result</source>
        <translation>Copiar llamada y resultado</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>Copiar texto</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::RunAgainQuestion</name>
    <message>
        <source>Run again</source>
        <translation>Ejecutar de nuevo</translation>
    </message>
    <message>
        <source>Run exactly this command?</source>
        <translation>¿Ejecutar exactamente este comando?</translation>
    </message>
    <message>
        <source>It was stored by an earlier run and may have been changed since. Meanwhile cannot tell whether it is the command that ran then.</source>
        <translation>Lo guardó una ejecución anterior y puede haberse cambiado después. Meanwhile no puede saber si es el comando que se ejecutó entonces.</translation>
    </message>
    <message>
        <source>Exactly this</source>
        <translation>Exactamente esto</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ejecutar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SessionDelegate</name>
    <message>
        <source>Title of the session</source>
        <translation>Título de la sesión</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SessionList</name>
    <message>
        <source>Sessions</source>
        <translation>Sesiones</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SessionNavigator</name>
    <message>
        <source>Export Session</source>
        <translation>Exportar sesión</translation>
    </message>
    <message>
        <source>Markdown (*.md);;JSON (*.json)</source>
        <translation>Markdown (*.md);;JSON (*.json)</translation>
    </message>
    <message>
        <source>The session was exported to %1.</source>
        <translation>La sesión se exportó a %1.</translation>
    </message>
    <message>
        <source>Another session was opened meanwhile. Your message was not sent.</source>
        <translation>Entretanto se abrió otra sesión. Tu mensaje no se envió.</translation>
    </message>
    <message>
        <source>Choose the Project&apos;s New Location</source>
        <translation>Elegir la nueva ubicación del proyecto</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SessionSidebar</name>
    <message>
        <source>Sessions</source>
        <translation>Sesiones</translation>
    </message>
    <message>
        <source>Search sessions</source>
        <translation>Buscar sesiones</translation>
    </message>
    <message>
        <source>Search in titles and messages of all sessions</source>
        <translation>Buscar en los títulos y mensajes de todas las sesiones</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Borrar la búsqueda</translation>
    </message>
    <message>
        <source>Clear the search (Escape)</source>
        <translation>Borrar la búsqueda (Escape)</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Nueva sesión</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Cambiar el nombre</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivar</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportar…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Eliminar</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Unarchive</source>
        <translation>Desarchivar</translation>
    </message>
    <message>
        <source>New session in %1</source>
        <translation>Nueva sesión en %1</translation>
    </message>
    <message>
        <source>Nothing found for “%1”</source>
        <translation>No se ha encontrado nada para «%1»</translation>
    </message>
    <message>
        <source>Sessions of all projects appear here</source>
        <translation>Aquí aparecen las sesiones de todos los proyectos</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SettingsDialog</name>
    <message>
        <source>System</source>
        <translation>Sistema</translation>
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
        <source>Ask before commands and changes</source>
        <translation>Preguntar antes de comandos y cambios</translation>
    </message>
    <message>
        <source>Edit files, ask before commands</source>
        <translation>Editar archivos, preguntar antes de los comandos</translation>
    </message>
    <message>
        <source>Run without asking, outside the box too</source>
        <translation>Ejecutar sin preguntar, también fuera del recinto</translation>
    </message>
    <message>
        <source>Only read and plan</source>
        <translation>Solo leer y planificar</translation>
    </message>
    <message>
        <source>Storing the key…</source>
        <translation>Guardando la clave…</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Guardado.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Task lo&amp;gs</source>
        <translation>Re&amp;gistros</translation>
    </message>
    <message>
        <source>&amp;Variables</source>
        <translation>&amp;Variables</translation>
    </message>
    <message>
        <source>&amp;Notify of</source>
        <translation>&amp;Avisar de</translation>
    </message>
    <message>
        <source>Run in the box</source>
        <translation>Ejecutar en el recinto</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::SpokenEvents</name>
    <message>
        <source>%1 is waiting for your answer.</source>
        <translation>%1 espera tu respuesta.</translation>
    </message>
    <message>
        <source>Error: %1</source>
        <translation>Error: %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TaskDelegate</name>
    <message>
        <source>exit 0</source>
        <translation>código 0</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TaskFilterModel</name>
    <message>
        <source>Sent</source>
        <comment>to the model</comment>
        <translation>Enviado</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TaskPanel</name>
    <message>
        <source>No tasks match the filter</source>
        <translation>Ninguna tarea coincide con el filtro</translation>
    </message>
    <message>
        <source>Long-running commands appear here</source>
        <translation>Los comandos largos aparecen aquí</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Tareas</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtrar</translation>
    </message>
    <message>
        <source>Filter tasks (Ctrl+F)</source>
        <translation>Filtrar tareas (Ctrl+F)</translation>
    </message>
    <message>
        <source>Filter by command, output or state</source>
        <translation>Filtrar por comando, salida o estado</translation>
    </message>
    <message>
        <source>Filter tasks by text</source>
        <translation>Filtrar tareas por texto</translation>
    </message>
    <message>
        <source>Filter tasks by state</source>
        <translation>Filtrar tareas por estado</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallidas</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminadas</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>Mostrar registro</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Copiar comando</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Ejecutar de nuevo</translation>
    </message>
    <message>
        <source>Continue in background</source>
        <translation>Seguir en segundo plano</translation>
    </message>
    <message>
        <source>%1 running</source>
        <translation>%1 en curso</translation>
    </message>
    <message>
        <source>%1 queued</source>
        <translation>%1 en cola</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 con fallo</translation>
    </message>
    <message>
        <source>1 ended</source>
        <translation>1 terminada</translation>
    </message>
    <message>
        <source>%1 ended</source>
        <translation>%1 terminadas</translation>
    </message>
    <message>
        <source>Press Delete again to stop it</source>
        <translation>Pulsa Supr otra vez para detenerla</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TaskTable</name>
    <message>
        <source>Tasks</source>
        <translation>Tareas</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TextRow</name>
    <message>
        <source>Restore files to here…</source>
        <translation>Restaurar archivos hasta aquí…</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>Deshacer…</translation>
    </message>
    <message>
        <source>Restore files to how they were before this message</source>
        <translation>Restaurar los archivos a como estaban antes de este mensaje</translation>
    </message>
    <message>
        <source>Undo the restore</source>
        <translation>Deshacer la restauración</translation>
    </message>
    <message>
        <source>Show all %1 characters</source>
        <translation>Mostrar los %1 caracteres</translation>
    </message>
    <message>
        <source>Show %1 more lines</source>
        <translation>Mostrar %1 líneas más</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TextSurface</name>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>%1 · Copy</source>
        <translation>%1 · Copiar</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Copiar código</translation>
    </message>
    <message>
        <source>Copy %1 code</source>
        <translation>Copiar código %1</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ThinkingRow</name>
    <message>
        <source>Thinking…</source>
        <translation>Pensando…</translation>
    </message>
    <message>
        <source>Thought</source>
        <translation>Razonamiento</translation>
    </message>
    <message>
        <source>The model is thinking</source>
        <translation>El modelo está pensando</translation>
    </message>
    <message>
        <source>The model&apos;s thinking</source>
        <translation>El razonamiento del modelo</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ThumbnailButton</name>
    <message>
        <source>Image %1, %2</source>
        <translation>Imagen %1, %2</translation>
    </message>
    <message>
        <source>Opens the image</source>
        <translation>Abre la imagen</translation>
    </message>
    <message>
        <source>Cannot be shown</source>
        <translation>No se puede mostrar</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TitleRow</name>
    <message>
        <source>Ask</source>
        <translation>Preguntar</translation>
    </message>
    <message>
        <source>Reads are allowed; commands and edits need approval</source>
        <translation>Se permite leer; los comandos y las ediciones necesitan aprobación</translation>
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
        <source>Edits in the project are allowed; commands need approval</source>
        <translation>Se permite editar en el proyecto; los comandos necesitan aprobación</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
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
    <message>
        <source>Ask before commands and edits</source>
        <translation>Preguntar antes de comandos y cambios</translation>
    </message>
    <message>
        <source>Run without asking</source>
        <translation>Ejecutar sin preguntar</translation>
    </message>
    <message>
        <source>Commands run without asking, outside the box too; files elsewhere need approval</source>
        <translation>Los comandos se ejecutan sin preguntar, también fuera del recinto; los archivos de otros lugares necesitan aprobación</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Recinto</translation>
    </message>
    <message>
        <source>Run in the box</source>
        <translation>Ejecutar en el recinto</translation>
    </message>
    <message>
        <source>Edits in the project and commands in the box run; leaving either needs approval</source>
        <translation>Se edita en el proyecto y se ejecutan comandos en el recinto; salir de cualquiera de los dos necesita aprobación</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::ToolRow</name>
    <message>
        <source>Continue in background</source>
        <translation>Seguir en segundo plano</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Show task</source>
        <translation>Ver tarea</translation>
    </message>
    <message>
        <source>Continue %1 in background</source>
        <translation>Seguir con %1 en segundo plano</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>Detener %1</translation>
    </message>
    <message>
        <source>Show the task %1</source>
        <translation>Ver la tarea %1</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Entrada</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Salida</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en espera</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::TranscriptView</name>
    <message>
        <source>Jump to latest</source>
        <translation>Ir a lo último</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Conversación</translation>
    </message>
    <message>
        <source>New session from here</source>
        <translation>Nueva sesión desde aquí</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Bring it back (Ctrl+Z)</source>
        <translation>Recuperarla (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Deleted “%1”</source>
        <translation>«%1» eliminada</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::WindowActions</name>
    <message>
        <source>Summarise conversation</source>
        <translation>Resumir la conversación</translation>
    </message>
    <message>
        <source>Summarise conversation (%1)</source>
        <translation>Resumir la conversación (%1)</translation>
    </message>
    <message>
        <source>open a folder first</source>
        <translation>primero abre una carpeta</translation>
    </message>
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
        <source>System</source>
        <translation>Sistema</translation>
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
    <message>
        <source>Open Folder</source>
        <translation>Abrir carpeta</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Attach images or mention files</source>
        <translation>Adjuntar imágenes o mencionar archivos</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>Nueva sesión</translation>
    </message>
    <message>
        <source>New session from this one</source>
        <translation>Nueva sesión a partir de esta</translation>
    </message>
    <message>
        <source>Export session…</source>
        <translation>Exportar sesión…</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sesiones</translation>
    </message>
    <message>
        <source>Search sessions</source>
        <translation>Buscar sesiones</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Ui::WindowTitle</name>
    <message>
        <source>%1 · Meanwhile</source>
        <translation>%1 · Meanwhile</translation>
    </message>
    <message>
        <source>%1 · %2 · Meanwhile</source>
        <translation>%1 · %2 · Meanwhile</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Wire</name>
    <message>
        <source>Could not connect to %1. Check the address, and that the server is running.</source>
        <translation>No se pudo conectar con %1. Comprueba la dirección y que el servidor esté en marcha.</translation>
    </message>
    <message>
        <source>%1 was not found. Check the network connection and the address.</source>
        <translation>No se ha encontrado %1. Comprueba la conexión de red y la dirección.</translation>
    </message>
    <message>
        <source>The connection to %1 failed or broke off. Check the network, then try again.</source>
        <translation>La conexión con %1 ha fallado o se ha cortado. Comprueba la red e inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>an unnamed issuer</source>
        <translation>un emisor sin nombre</translation>
    </message>
    <message>
        <source>another name</source>
        <translation>otro nombre</translation>
    </message>
    <message>
        <source>The certificate of %1 ended on %2, and this computer&apos;s date is %3. Set the date if it is wrong; otherwise tell whoever runs the server.</source>
        <translation>El certificado de %1 caducó el %2, y la fecha de este equipo es %3. Corrige la fecha si está mal; si no, avisa a quien administra el servidor.</translation>
    </message>
    <message>
        <source>The certificate of %1 begins on %2, and this computer&apos;s date is %3. Set the computer&apos;s date, then try again.</source>
        <translation>El certificado de %1 empieza a valer el %2, y la fecha de este equipo es %3. Corrige la fecha del equipo y vuelve a intentarlo.</translation>
    </message>
    <message>
        <source>The server at %1 shows a certificate for %2. Check the address; a network that asks to sign in first does this too.</source>
        <translation>El servidor de %1 muestra un certificado para %2. Comprueba la dirección; también lo hace una red que pide iniciar sesión antes.</translation>
    </message>
    <message>
        <source>The certificate of %1 was issued by %2, which this computer does not know. If it is your own server or your company&apos;s proxy, set MEANWHILE_CA_FILE to the issuer&apos;s certificate (PEM) and start again.</source>
        <translation>El certificado de %1 lo emitió %2, que este equipo no conoce. Si es tu propio servidor o el proxy de tu empresa, pon en MEANWHILE_CA_FILE el certificado del emisor (PEM) y vuelve a iniciar.</translation>
    </message>
    <message>
        <source>The certificate of %1 cannot be trusted. Check the address, and the computer&apos;s date.</source>
        <translation>No se puede confiar en el certificado de %1. Comprueba la dirección y la fecha del equipo.</translation>
    </message>
    <message>
        <source>No secure connection to %1 could be made. Check the address, and whether it begins with http or https.</source>
        <translation>No se ha podido establecer una conexión segura con %1. Comprueba la dirección y si empieza por http o https.</translation>
    </message>
    <message>
        <source>The proxy for %1 does not answer. Check the proxy settings of the system.</source>
        <translation>El proxy para %1 no responde. Comprueba los ajustes de proxy del sistema.</translation>
    </message>
    <message>
        <source>The proxy for %1 asks for a name and a password. Put them into the proxy address, e.g. https_proxy=http://name:password@proxy:3128, and start again.</source>
        <translation>El proxy para %1 pide un nombre y una contraseña. Ponlos en la dirección del proxy, p. ej. https_proxy=http://name:password@proxy:3128, y vuelve a iniciar.</translation>
    </message>
    <message>
        <source>The file %1 holds no certificate (PEM). Correct MEANWHILE_CA_FILE and start again.</source>
        <translation>El archivo %1 no contiene ningún certificado (PEM). Corrige MEANWHILE_CA_FILE y vuelve a iniciar.</translation>
    </message>
    <message>
        <source>“%1” is not the address of a server. Correct the provider&apos;s address: it begins with https:// or http://, such as https://api.example.com.</source>
        <translation>«%1» no es la dirección de un servidor. Corrija la dirección del proveedor: empieza por https:// o http://, por ejemplo https://api.example.com.</translation>
    </message>
</context>
<context>
    <name>Meanwhile::Wire::ReplyStream</name>
    <message>
        <source>%1 has been silent for too long. Try again.</source>
        <translation>%1 lleva demasiado tiempo sin responder. Inténtalo de nuevo.</translation>
    </message>
    <message>
        <source>%1 answers in a compression (%2) that was not asked for and cannot be read. Check the gateway&apos;s settings.</source>
        <translation>%1 responde con una compresión (%2) que no se pidió y no se puede leer. Comprueba los ajustes de la pasarela.</translation>
    </message>
    <message>
        <source>The answer of %1 was damaged on its way. Try again.</source>
        <translation>La respuesta de %1 se dañó por el camino. Vuelve a intentarlo.</translation>
    </message>
</context>
<context>
    <name>ModuleKeyStore</name>
    <message>
        <source>No keychain can be used on this computer.</source>
        <translation>En este equipo no se puede usar ningún llavero.</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Image</source>
        <translation>Imagen</translation>
    </message>
</context>
<context>
    <name>ProviderForm</name>
    <message>
        <source>&amp;Provider</source>
        <translation>&amp;Proveedor</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Proveedor</translation>
    </message>
    <message>
        <source>A&amp;dd…</source>
        <translation>A&amp;ñadir…</translation>
    </message>
    <message>
        <source>Add a provider: a service, a gateway or a server on this computer</source>
        <translation>Añade un proveedor: un servicio, una pasarela o un servidor de este equipo</translation>
    </message>
    <message>
        <source>De&amp;lete</source>
        <translation>&amp;Eliminar</translation>
    </message>
    <message>
        <source>Delete this provider and its key when you save</source>
        <translation>Elimina este proveedor y su clave al guardar</translation>
    </message>
    <message>
        <source>On this computer:</source>
        <translation>En este equipo:</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nombre</translation>
    </message>
    <message>
        <source>Name of the provider</source>
        <translation>Nombre del proveedor</translation>
    </message>
    <message>
        <source>Pr&amp;otocol</source>
        <translation>Pro&amp;tocolo</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protocolo</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Dirección</translation>
    </message>
    <message>
        <source>Address of the provider</source>
        <translation>Dirección del proveedor</translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation>C&amp;lave</translation>
    </message>
    <message>
        <source>Key of the provider</source>
        <translation>Clave del proveedor</translation>
    </message>
    <message>
        <source>S&amp;how</source>
        <translation>&amp;Mostrar</translation>
    </message>
    <message>
        <source>Show the key in plain text</source>
        <translation>Muestra la clave en texto legible</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Quitar</translation>
    </message>
    <message>
        <source>Forget the stored key when you save</source>
        <translation>Olvida la clave guardada al guardar</translation>
    </message>
    <message>
        <source>About the key</source>
        <translation>Sobre la clave</translation>
    </message>
    <message>
        <source>E&amp;xtra headers</source>
        <translation>Cabeceras e&amp;xtra</translation>
    </message>
    <message>
        <source>Extra headers</source>
        <translation>Cabeceras extra</translation>
    </message>
    <message>
        <source>One on each line, as Name: value. {key} stands for the key.</source>
        <translation>Una por línea, como Nombre: valor. {key} representa la clave.</translation>
    </message>
    <message>
        <source>Name: value</source>
        <translation>Nombre: valor</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>M&amp;odelo</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>&amp;Test connection</source>
        <translation>Pro&amp;bar conexión</translation>
    </message>
    <message>
        <source>Ask the provider for its models with this address and key</source>
        <translation>Pide al proveedor sus modelos con esta dirección y esta clave</translation>
    </message>
    <message>
        <source>Connection is being tested</source>
        <translation>Se está probando la conexión</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Resultado</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Th&amp;eme</source>
        <translation>&amp;Tema</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Tema</translation>
    </message>
    <message>
        <source>Pe&amp;rmissions</source>
        <translation>Pe&amp;rmisos</translation>
    </message>
    <message>
        <source>Permission mode</source>
        <translation>Modo de permisos</translation>
    </message>
</context>
</TS>
